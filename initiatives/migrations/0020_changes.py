"""What changed, in the order of commits, for those who follow it."""

from django.db import migrations

from initiatives import changes_sql


class Migration(migrations.Migration):
    dependencies = [
        ("initiatives", "0019_export_jobs"),
        ("geo", "0003_search"),
        ("vocabulary", "0004_licence_version"),
        ("territories", "0005_parts"),
    ]
    operations = [migrations.RunSQL(changes_sql.CHANGES, changes_sql.DROP_CHANGES)]
