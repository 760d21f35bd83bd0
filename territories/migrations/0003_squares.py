"""Squares of territories, so that most points are placed without looking at an outline."""

from django.db import migrations

from territories import squares_sql


class Migration(migrations.Migration):
    dependencies = [("territories", "0002_version")]
    operations = [migrations.RunSQL(squares_sql.SQUARES, squares_sql.DROP_SQUARES)]
