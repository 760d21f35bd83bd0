"""Squares of one size, whose parts tell more points their territories than the smaller squares did."""

from django.db import migrations

from territories import squares_sql


class Migration(migrations.Migration):
    dependencies = [("territories", "0004_place_by_population")]
    operations = [
        migrations.RunSQL(squares_sql.DROP_SQUARES + squares_sql.SQUARES, migrations.RunSQL.noop),
    ]
