"""Parts of initiatives that are new in the same transaction are not noted once more."""

from django.db import migrations

from initiatives import changes_sql


class Migration(migrations.Migration):
    """Replaces two functions of triggers; the former ones would do as well."""

    dependencies = [("initiatives", "0024_activity_of_before")]
    operations = [migrations.RunSQL(changes_sql.PART_FUNCTIONS, migrations.RunSQL.noop)]
