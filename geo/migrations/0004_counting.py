"""Counters that all processes share."""

from django.db import migrations

from geo import counting_sql


class Migration(migrations.Migration):
    dependencies = [("geo", "0003_search")]
    operations = [migrations.RunSQL(counting_sql.COUNTING, counting_sql.DROP_COUNTING)]
