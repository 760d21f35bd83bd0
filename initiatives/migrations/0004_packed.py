"""The narrow table that the map index is read from."""

from django.db import migrations

from initiatives import packed_sql


class Migration(migrations.Migration):
    dependencies = [("initiatives", "0003_version")]
    operations = [migrations.RunSQL(packed_sql.PACKED, packed_sql.DROP_PACKED)]
