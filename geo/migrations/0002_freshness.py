"""Quicker functions, and the version that says whether anything published changed."""

from django.db import migrations

from geo import freshness_sql, sql


class Migration(migrations.Migration):
    dependencies = [("geo", "0001_functions")]
    operations = [
        # The same values as before, so that stored columns stay right.
        migrations.RunSQL(sql.FUNCTIONS, migrations.RunSQL.noop),
        migrations.RunSQL(freshness_sql.FRESHNESS, freshness_sql.DROP_FRESHNESS),
    ]
