"""Changes of what is published move the version of the map."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('geo', '0002_freshness'),
        ('vocabulary', '0002_rows'),
    ]

    operations = [
        pgtrigger.migrations.AddTrigger(
            model_name='legalform',
            trigger=pgtrigger.compiler.Trigger(name='version_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='IF geo_is_everything() THEN RETURN NULL; END IF; IF EXISTS (SELECT FROM new_rows) THEN PERFORM geo_touch(false); END IF; RETURN NULL;', hash='30d2e5551497345c2ddba242f7cfb28cb2130102', level='STATEMENT', operation='INSERT', pgid='pgtrigger_version_insert_ca9c6', referencing='REFERENCING NEW TABLE AS new_rows ', table='vocabulary_legalform', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='legalform',
            trigger=pgtrigger.compiler.Trigger(name='version_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='IF geo_is_everything() THEN RETURN NULL; END IF; IF EXISTS (SELECT FROM old_rows o FULL JOIN new_rows n USING (id) WHERE o.slug IS DISTINCT FROM n.slug OR o.parent_id IS DISTINCT FROM n.parent_id) THEN PERFORM geo_touch(false); END IF; RETURN NULL;', hash='26d39e17552d5a5ce8911c0a8a671137b207440c', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_version_update_ab6f8', referencing='REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ', table='vocabulary_legalform', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='legalform',
            trigger=pgtrigger.compiler.Trigger(name='version_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='IF geo_is_everything() THEN RETURN NULL; END IF; IF EXISTS (SELECT FROM old_rows) THEN PERFORM geo_touch(false); END IF; RETURN NULL;', hash='5b31089c310b7a2989f895719667ff39791a0c45', level='STATEMENT', operation='DELETE', pgid='pgtrigger_version_delete_2aeaf', referencing='REFERENCING OLD TABLE AS old_rows ', table='vocabulary_legalform', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='legalform',
            trigger=pgtrigger.compiler.Trigger(name='version_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func='IF geo_is_everything() THEN RETURN NULL; END IF; PERFORM geo_touch(true); RETURN NULL;', hash='a49458fb40d19b3fad40ee974126c20ba1462c5e', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_version_truncate_f3e26', table='vocabulary_legalform', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='theme',
            trigger=pgtrigger.compiler.Trigger(name='version_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='IF geo_is_everything() THEN RETURN NULL; END IF; IF EXISTS (SELECT FROM new_rows) THEN PERFORM geo_touch(true); END IF; RETURN NULL;', hash='75c12e5dbac6047be017cc9de5786e20cbb798fe', level='STATEMENT', operation='INSERT', pgid='pgtrigger_version_insert_5c00e', referencing='REFERENCING NEW TABLE AS new_rows ', table='vocabulary_theme', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='theme',
            trigger=pgtrigger.compiler.Trigger(name='version_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='IF geo_is_everything() THEN RETURN NULL; END IF; IF EXISTS (SELECT FROM old_rows o FULL JOIN new_rows n USING (id) WHERE o.slug IS DISTINCT FROM n.slug OR o.parent_id IS DISTINCT FROM n.parent_id) THEN PERFORM geo_touch(true); END IF; RETURN NULL;', hash='d9f7cb1f6043d562f2097e1fc4f9f3559e3084d4', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_version_update_9c676', referencing='REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ', table='vocabulary_theme', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='theme',
            trigger=pgtrigger.compiler.Trigger(name='version_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='IF geo_is_everything() THEN RETURN NULL; END IF; IF EXISTS (SELECT FROM old_rows) THEN PERFORM geo_touch(true); END IF; RETURN NULL;', hash='24e1eff2975a0a14060ac8b2029b9a50c44fbbb9', level='STATEMENT', operation='DELETE', pgid='pgtrigger_version_delete_e591c', referencing='REFERENCING OLD TABLE AS old_rows ', table='vocabulary_theme', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='theme',
            trigger=pgtrigger.compiler.Trigger(name='version_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func='IF geo_is_everything() THEN RETURN NULL; END IF; PERFORM geo_touch(true); RETURN NULL;', hash='5424995ddc32c00c30c9fef77eb6c1445faff076', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_version_truncate_95023', table='vocabulary_theme', when='AFTER')),
        ),
    ]
