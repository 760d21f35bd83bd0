"""Where initiatives stand in campaigns moves the version of the map and its changes."""

from django.db import migrations

from campaigns import standing_sql


class Migration(migrations.Migration):

    dependencies = [
        ("campaigns", "0002_liking"),
        ("geo", "0004_counting"),
        ("initiatives", "0031_exchange_with_dates"),
    ]

    operations = [migrations.RunSQL(standing_sql.NOTED, standing_sql.DROP_NOTED)]
