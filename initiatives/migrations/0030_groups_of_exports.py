"""Files know which groups may stand in them; those that were made before do not, and are asked for anew."""

from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models


class Migration(migrations.Migration):
    """The files themselves go with those whose worker died."""

    dependencies = [("initiatives", "0029_exchange_on_the_map")]
    operations = [
        migrations.RunSQL("DELETE FROM initiatives_export", migrations.RunSQL.noop),
        migrations.AddField(
            "export",
            "groups",
            ArrayField(models.BigIntegerField(), default=list, verbose_name="groups that may stand in it"),
        ),
    ]
