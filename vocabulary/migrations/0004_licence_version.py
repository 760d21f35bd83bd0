"""Another code of a licence moves the version: pages of Features keep it."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('vocabulary', '0003_version'),
    ]

    operations = [
        pgtrigger.migrations.AddTrigger(
            model_name='licence',
            trigger=pgtrigger.compiler.Trigger(name='version_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='IF geo_is_everything() THEN RETURN NULL; END IF; IF EXISTS (SELECT FROM new_rows) THEN PERFORM geo_touch(false); END IF; RETURN NULL;', hash='91a601ea9dfcdbf53e83702aeee103af65fef738', level='STATEMENT', operation='INSERT', pgid='pgtrigger_version_insert_8f527', referencing='REFERENCING NEW TABLE AS new_rows ', table='vocabulary_licence', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='licence',
            trigger=pgtrigger.compiler.Trigger(name='version_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='IF geo_is_everything() THEN RETURN NULL; END IF; IF EXISTS (SELECT FROM old_rows o FULL JOIN new_rows n USING (id) WHERE o.code IS DISTINCT FROM n.code) THEN PERFORM geo_touch(false); END IF; RETURN NULL;', hash='edab6d1078f3e59670d3a1071d8b720c07f45d71', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_version_update_6c2b5', referencing='REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ', table='vocabulary_licence', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='licence',
            trigger=pgtrigger.compiler.Trigger(name='version_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='IF geo_is_everything() THEN RETURN NULL; END IF; IF EXISTS (SELECT FROM old_rows) THEN PERFORM geo_touch(false); END IF; RETURN NULL;', hash='bf83dcd4b07ca7b4c4e290814739d21e82efa459', level='STATEMENT', operation='DELETE', pgid='pgtrigger_version_delete_122e4', referencing='REFERENCING OLD TABLE AS old_rows ', table='vocabulary_licence', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='licence',
            trigger=pgtrigger.compiler.Trigger(name='version_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func='IF geo_is_everything() THEN RETURN NULL; END IF; PERFORM geo_touch(true); RETURN NULL;', hash='cac41c42ae3a5a36076cd66c8ff2b6cae3a45410', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_version_truncate_0fe4a', table='vocabulary_licence', when='AFTER')),
        ),
    ]
