"""Changes of what is published move the version of the map."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('geo', '0002_freshness'),
        ('initiatives', '0002_lexicon'),
    ]

    operations = [
        pgtrigger.migrations.AddTrigger(
            model_name='initiative',
            trigger=pgtrigger.compiler.Trigger(name='version_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF geo_is_everything() THEN RETURN NULL; END IF; PERFORM geo_note((SELECT array_agg(id) FROM (SELECT id FROM (SELECT id FROM new_rows WHERE status = 'published') AS r) AS noted)); RETURN NULL;", hash='df781827def5c2bbbe99b372ec5d4d9ee1ca81f5', level='STATEMENT', operation='INSERT', pgid='pgtrigger_version_insert_57a34', referencing='REFERENCING NEW TABLE AS new_rows ', table='initiatives_initiative', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='initiative',
            trigger=pgtrigger.compiler.Trigger(name='version_update', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF geo_is_everything() THEN RETURN NULL; END IF; PERFORM geo_note((SELECT array_agg(id) FROM (SELECT id FROM (SELECT id FROM old_rows WHERE status = 'published') AS r UNION SELECT id FROM (SELECT id FROM new_rows WHERE status = 'published') AS r) AS noted)); RETURN NULL;", hash='fa3be3ad6bec5b6095e869cc4855c53bde79ea65', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_version_update_a69ca', referencing='REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ', table='initiatives_initiative', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='initiative',
            trigger=pgtrigger.compiler.Trigger(name='version_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF geo_is_everything() THEN RETURN NULL; END IF; PERFORM geo_note((SELECT array_agg(id) FROM (SELECT id FROM (SELECT id FROM old_rows WHERE status = 'published') AS r) AS noted)); RETURN NULL;", hash='87cfc46368c7bdafbdf2abe5d3eeef43fc48846e', level='STATEMENT', operation='DELETE', pgid='pgtrigger_version_delete_ac953', referencing='REFERENCING OLD TABLE AS old_rows ', table='initiatives_initiative', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='initiative',
            trigger=pgtrigger.compiler.Trigger(name='version_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func='IF geo_is_everything() THEN RETURN NULL; END IF; PERFORM geo_touch(true); RETURN NULL;', hash='6dfd26d4efdc52610cf8d7f7ab654ad8ecb67065', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_version_truncate_0b36f', table='initiatives_initiative', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='initiativeterritory',
            trigger=pgtrigger.compiler.Trigger(name='version_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF geo_is_everything() THEN RETURN NULL; END IF; PERFORM geo_note((SELECT array_agg(id) FROM (SELECT id FROM (SELECT initiative_id AS id FROM new_rows AS belonging JOIN initiatives_initiative ON initiatives_initiative.id = initiative_id WHERE status = 'published') AS r) AS noted)); RETURN NULL;", hash='9fb9138488536f3ce209d5f420e65b69573f1274', level='STATEMENT', operation='INSERT', pgid='pgtrigger_version_insert_ecec0', referencing='REFERENCING NEW TABLE AS new_rows ', table='initiatives_initiativeterritory', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='initiativeterritory',
            trigger=pgtrigger.compiler.Trigger(name='version_update', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF geo_is_everything() THEN RETURN NULL; END IF; PERFORM geo_note((SELECT array_agg(id) FROM (SELECT id FROM (SELECT initiative_id AS id FROM old_rows AS belonging JOIN initiatives_initiative ON initiatives_initiative.id = initiative_id WHERE status = 'published') AS r UNION SELECT id FROM (SELECT initiative_id AS id FROM new_rows AS belonging JOIN initiatives_initiative ON initiatives_initiative.id = initiative_id WHERE status = 'published') AS r) AS noted)); RETURN NULL;", hash='4c5b6b6c0e7e80f36f2bdd369d08a50a4b30537e', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_version_update_80be0', referencing='REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ', table='initiatives_initiativeterritory', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='initiativeterritory',
            trigger=pgtrigger.compiler.Trigger(name='version_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF geo_is_everything() THEN RETURN NULL; END IF; PERFORM geo_note((SELECT array_agg(id) FROM (SELECT id FROM (SELECT initiative_id AS id FROM old_rows AS belonging JOIN initiatives_initiative ON initiatives_initiative.id = initiative_id WHERE status = 'published') AS r) AS noted)); RETURN NULL;", hash='8125f2d12a8c429345d489c149363f0377bedc81', level='STATEMENT', operation='DELETE', pgid='pgtrigger_version_delete_fe888', referencing='REFERENCING OLD TABLE AS old_rows ', table='initiatives_initiativeterritory', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='initiativeterritory',
            trigger=pgtrigger.compiler.Trigger(name='version_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func='IF geo_is_everything() THEN RETURN NULL; END IF; PERFORM geo_touch(true); RETURN NULL;', hash='041be93ff99ace3a50b88ee3f61f1f98c45bfddf', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_version_truncate_a2855', table='initiatives_initiativeterritory', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='initiativetheme',
            trigger=pgtrigger.compiler.Trigger(name='version_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF geo_is_everything() THEN RETURN NULL; END IF; PERFORM geo_note((SELECT array_agg(id) FROM (SELECT id FROM (SELECT initiative_id AS id FROM new_rows AS belonging JOIN initiatives_initiative ON initiatives_initiative.id = initiative_id WHERE status = 'published') AS r) AS noted)); RETURN NULL;", hash='92ab7882b5d85849aa0f3169a07a0af539a22239', level='STATEMENT', operation='INSERT', pgid='pgtrigger_version_insert_ef1c2', referencing='REFERENCING NEW TABLE AS new_rows ', table='initiatives_initiativetheme', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='initiativetheme',
            trigger=pgtrigger.compiler.Trigger(name='version_update', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF geo_is_everything() THEN RETURN NULL; END IF; PERFORM geo_note((SELECT array_agg(id) FROM (SELECT id FROM (SELECT initiative_id AS id FROM old_rows AS belonging JOIN initiatives_initiative ON initiatives_initiative.id = initiative_id WHERE status = 'published') AS r UNION SELECT id FROM (SELECT initiative_id AS id FROM new_rows AS belonging JOIN initiatives_initiative ON initiatives_initiative.id = initiative_id WHERE status = 'published') AS r) AS noted)); RETURN NULL;", hash='c587ddbf4577fa8dcf0ede626a0a26158b0d99ee', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_version_update_9e4b5', referencing='REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ', table='initiatives_initiativetheme', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='initiativetheme',
            trigger=pgtrigger.compiler.Trigger(name='version_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF geo_is_everything() THEN RETURN NULL; END IF; PERFORM geo_note((SELECT array_agg(id) FROM (SELECT id FROM (SELECT initiative_id AS id FROM old_rows AS belonging JOIN initiatives_initiative ON initiatives_initiative.id = initiative_id WHERE status = 'published') AS r) AS noted)); RETURN NULL;", hash='b72304bbadce6ce7b00780910adb329f7f213b1d', level='STATEMENT', operation='DELETE', pgid='pgtrigger_version_delete_ce0b7', referencing='REFERENCING OLD TABLE AS old_rows ', table='initiatives_initiativetheme', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='initiativetheme',
            trigger=pgtrigger.compiler.Trigger(name='version_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func='IF geo_is_everything() THEN RETURN NULL; END IF; PERFORM geo_touch(true); RETURN NULL;', hash='33d2a05108faf95a3a19bc7d6fa3f3ec4a3cd3ef', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_version_truncate_52fe8', table='initiatives_initiativetheme', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='network',
            trigger=pgtrigger.compiler.Trigger(name='version_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='IF geo_is_everything() THEN RETURN NULL; END IF; IF EXISTS (SELECT FROM new_rows) THEN PERFORM geo_touch(false); END IF; RETURN NULL;', hash='db0c6b04fe0fb7f79a5c6240e4a4cad28e7908da', level='STATEMENT', operation='INSERT', pgid='pgtrigger_version_insert_914fa', referencing='REFERENCING NEW TABLE AS new_rows ', table='initiatives_network', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='network',
            trigger=pgtrigger.compiler.Trigger(name='version_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='IF geo_is_everything() THEN RETURN NULL; END IF; IF EXISTS (SELECT FROM old_rows o FULL JOIN new_rows n USING (id) WHERE o.slug IS DISTINCT FROM n.slug) THEN PERFORM geo_touch(false); END IF; RETURN NULL;', hash='9f773bffccad83841cfa0053d68328a8e0cbf662', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_version_update_1223b', referencing='REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ', table='initiatives_network', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='network',
            trigger=pgtrigger.compiler.Trigger(name='version_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='IF geo_is_everything() THEN RETURN NULL; END IF; IF EXISTS (SELECT FROM old_rows) THEN PERFORM geo_touch(false); END IF; RETURN NULL;', hash='d88cd196712dd8902183d13c52292cc440ac0f7e', level='STATEMENT', operation='DELETE', pgid='pgtrigger_version_delete_a53cd', referencing='REFERENCING OLD TABLE AS old_rows ', table='initiatives_network', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='network',
            trigger=pgtrigger.compiler.Trigger(name='version_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func='IF geo_is_everything() THEN RETURN NULL; END IF; PERFORM geo_touch(true); RETURN NULL;', hash='9abe52c7eae26bcf536cb50bd8d68b1631ada2cb', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_version_truncate_0401d', table='initiatives_network', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='networkmembership',
            trigger=pgtrigger.compiler.Trigger(name='version_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF geo_is_everything() THEN RETURN NULL; END IF; PERFORM geo_note((SELECT array_agg(id) FROM (SELECT id FROM (SELECT initiative_id AS id FROM new_rows AS belonging JOIN initiatives_initiative ON initiatives_initiative.id = initiative_id WHERE status = 'published') AS r) AS noted)); RETURN NULL;", hash='7824bfaf0b52a9d8606bd376d4d56dc3e35da9f2', level='STATEMENT', operation='INSERT', pgid='pgtrigger_version_insert_184b2', referencing='REFERENCING NEW TABLE AS new_rows ', table='initiatives_networkmembership', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='networkmembership',
            trigger=pgtrigger.compiler.Trigger(name='version_update', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF geo_is_everything() THEN RETURN NULL; END IF; PERFORM geo_note((SELECT array_agg(id) FROM (SELECT id FROM (SELECT initiative_id AS id FROM old_rows AS belonging JOIN initiatives_initiative ON initiatives_initiative.id = initiative_id WHERE status = 'published') AS r UNION SELECT id FROM (SELECT initiative_id AS id FROM new_rows AS belonging JOIN initiatives_initiative ON initiatives_initiative.id = initiative_id WHERE status = 'published') AS r) AS noted)); RETURN NULL;", hash='48a736b8fbe00ae480e68859d445c62f82014f42', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_version_update_8c5b6', referencing='REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ', table='initiatives_networkmembership', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='networkmembership',
            trigger=pgtrigger.compiler.Trigger(name='version_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF geo_is_everything() THEN RETURN NULL; END IF; PERFORM geo_note((SELECT array_agg(id) FROM (SELECT id FROM (SELECT initiative_id AS id FROM old_rows AS belonging JOIN initiatives_initiative ON initiatives_initiative.id = initiative_id WHERE status = 'published') AS r) AS noted)); RETURN NULL;", hash='484046dc564539722deea305867de51718fb0501', level='STATEMENT', operation='DELETE', pgid='pgtrigger_version_delete_ae272', referencing='REFERENCING OLD TABLE AS old_rows ', table='initiatives_networkmembership', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='networkmembership',
            trigger=pgtrigger.compiler.Trigger(name='version_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func='IF geo_is_everything() THEN RETURN NULL; END IF; PERFORM geo_touch(true); RETURN NULL;', hash='089d04fff3e9b7c7959f9387e1f696038afd19f1', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_version_truncate_8cdc4', table='initiatives_networkmembership', when='AFTER')),
        ),
    ]
