"""Extensions and SQL functions that the tables of every other room are built on."""

from django.contrib.postgres.operations import CreateExtension
from django.db import migrations

from geo import sql


class Migration(migrations.Migration):
    initial = True
    operations = [
        *[CreateExtension(name) for name in sql.EXTENSIONS],
        migrations.RunSQL(sql.FUNCTIONS, sql.DROP_FUNCTIONS),
    ]
