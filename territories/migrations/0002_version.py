"""Changes of what is published move the version of the map."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('geo', '0002_freshness'),
        ('territories', '0001_initial'),
    ]

    operations = [
        pgtrigger.migrations.AddTrigger(
            model_name='collective',
            trigger=pgtrigger.compiler.Trigger(name='version_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='IF geo_is_everything() THEN RETURN NULL; END IF; IF EXISTS (SELECT FROM new_rows) THEN PERFORM geo_touch(false); END IF; RETURN NULL;', hash='1140e53bb42c596b3d4552b6345ac6e716f4e29d', level='STATEMENT', operation='INSERT', pgid='pgtrigger_version_insert_7a929', referencing='REFERENCING NEW TABLE AS new_rows ', table='territories_collective', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='collective',
            trigger=pgtrigger.compiler.Trigger(name='version_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='IF geo_is_everything() THEN RETURN NULL; END IF; IF EXISTS (SELECT FROM old_rows o FULL JOIN new_rows n USING (id) WHERE o.slug IS DISTINCT FROM n.slug OR o.status IS DISTINCT FROM n.status) THEN PERFORM geo_touch(false); END IF; RETURN NULL;', hash='eefbe9a7478eadd05981115c0dcac3a83afdc7ea', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_version_update_56fcd', referencing='REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ', table='territories_collective', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='collective',
            trigger=pgtrigger.compiler.Trigger(name='version_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='IF geo_is_everything() THEN RETURN NULL; END IF; IF EXISTS (SELECT FROM old_rows) THEN PERFORM geo_touch(false); END IF; RETURN NULL;', hash='e8022a943317e076cc086b91be9be7357e4773ba', level='STATEMENT', operation='DELETE', pgid='pgtrigger_version_delete_084e7', referencing='REFERENCING OLD TABLE AS old_rows ', table='territories_collective', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='collective',
            trigger=pgtrigger.compiler.Trigger(name='version_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func='IF geo_is_everything() THEN RETURN NULL; END IF; PERFORM geo_touch(true); RETURN NULL;', hash='76a71f9927d65bac46fdf2bc1c86ec32cc839023', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_version_truncate_177ad', table='territories_collective', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='territory',
            trigger=pgtrigger.compiler.Trigger(name='version_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='IF geo_is_everything() THEN RETURN NULL; END IF; IF EXISTS (SELECT FROM new_rows) THEN PERFORM geo_touch(false); END IF; RETURN NULL;', hash='0a213caccbc7b265cf9ba2a47301c5a5d730f63c', level='STATEMENT', operation='INSERT', pgid='pgtrigger_version_insert_bf013', referencing='REFERENCING NEW TABLE AS new_rows ', table='territories_territory', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='territory',
            trigger=pgtrigger.compiler.Trigger(name='version_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='IF geo_is_everything() THEN RETURN NULL; END IF; IF EXISTS (SELECT FROM old_rows o FULL JOIN new_rows n USING (id) WHERE o.code IS DISTINCT FROM n.code) THEN PERFORM geo_touch(false); END IF; RETURN NULL;', hash='6f39358a9eff9f8283ebba91c8b21d6eb061cc60', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_version_update_c9965', referencing='REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ', table='territories_territory', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='territory',
            trigger=pgtrigger.compiler.Trigger(name='version_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='IF geo_is_everything() THEN RETURN NULL; END IF; IF EXISTS (SELECT FROM old_rows) THEN PERFORM geo_touch(false); END IF; RETURN NULL;', hash='c6deb98ac9c4980f9db6d64912edfd67df6f78bc', level='STATEMENT', operation='DELETE', pgid='pgtrigger_version_delete_36820', referencing='REFERENCING OLD TABLE AS old_rows ', table='territories_territory', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='territory',
            trigger=pgtrigger.compiler.Trigger(name='version_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func='IF geo_is_everything() THEN RETURN NULL; END IF; PERFORM geo_touch(true); RETURN NULL;', hash='b6eb6b5ee0a7cf40588d88b47f1f543e5c1f487c', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_version_truncate_5d4fb', table='territories_territory', when='AFTER')),
        ),
    ]
