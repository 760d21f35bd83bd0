"""Counting the letters by which words differ, and finding how a word is written."""

from django.contrib.postgres.operations import CreateExtension
from django.db import migrations

from geo import search_sql


class Migration(migrations.Migration):
    dependencies = [("geo", "0002_freshness")]
    operations = [
        CreateExtension(search_sql.EXTENSION),
        migrations.RunSQL(search_sql.FUNCTIONS, search_sql.DROP_FUNCTIONS),
    ]
