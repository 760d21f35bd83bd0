"""The themes, legal forms and licences that the site starts with."""

from django.db import migrations

from vocabulary import loading


def load(apps, schema_editor):
    loading.load_themes(apps.get_model("vocabulary", "Theme"))
    loading.load_legal_forms(apps.get_model("vocabulary", "LegalForm"))
    loading.load_licences(apps.get_model("vocabulary", "Licence"))


class Migration(migrations.Migration):
    dependencies = [("vocabulary", "0001_initial")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
