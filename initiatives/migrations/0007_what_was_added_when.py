"""Rows that belong to an initiative tell in which context they were added; history keeps memberships of networks."""

import django.db.models.deletion
import initiatives.models.tracking
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('initiatives', '0006_review'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.CreateModel(
            name='NetworkMembershipEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('since', models.DateField(blank=True, null=True, verbose_name='since')),
                ('until', models.DateField(blank=True, null=True, verbose_name='until')),
                ('added_in', models.UUIDField(db_default=initiatives.models.tracking.HistoryContext(), editable=False, null=True, verbose_name='context of the history')),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='contact',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='contact',
            name='delete_delete',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='initiativetheme',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='initiativetheme',
            name='delete_delete',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='photo',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='photo',
            name='delete_delete',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='translation',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='translation',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='contact',
            name='added_in',
            field=models.UUIDField(db_default=initiatives.models.tracking.HistoryContext(), editable=False, null=True, verbose_name='context of the history'),
        ),
        migrations.AddField(
            model_name='contactevent',
            name='added_in',
            field=models.UUIDField(db_default=initiatives.models.tracking.HistoryContext(), editable=False, null=True, verbose_name='context of the history'),
        ),
        migrations.AddField(
            model_name='initiativetheme',
            name='added_in',
            field=models.UUIDField(db_default=initiatives.models.tracking.HistoryContext(), editable=False, null=True, verbose_name='context of the history'),
        ),
        migrations.AddField(
            model_name='initiativethemeevent',
            name='added_in',
            field=models.UUIDField(db_default=initiatives.models.tracking.HistoryContext(), editable=False, null=True, verbose_name='context of the history'),
        ),
        migrations.AddField(
            model_name='networkmembership',
            name='added_in',
            field=models.UUIDField(db_default=initiatives.models.tracking.HistoryContext(), editable=False, null=True, verbose_name='context of the history'),
        ),
        migrations.AddField(
            model_name='photo',
            name='added_in',
            field=models.UUIDField(db_default=initiatives.models.tracking.HistoryContext(), editable=False, null=True, verbose_name='context of the history'),
        ),
        migrations.AddField(
            model_name='photoevent',
            name='added_in',
            field=models.UUIDField(db_default=initiatives.models.tracking.HistoryContext(), editable=False, null=True, verbose_name='context of the history'),
        ),
        migrations.AddField(
            model_name='statuschange',
            name='added_in',
            field=models.UUIDField(db_default=initiatives.models.tracking.HistoryContext(), editable=False, null=True, verbose_name='context of the history'),
        ),
        migrations.AddField(
            model_name='translation',
            name='added_in',
            field=models.UUIDField(db_default=initiatives.models.tracking.HistoryContext(), editable=False, null=True, verbose_name='context of the history'),
        ),
        migrations.AddField(
            model_name='translationevent',
            name='added_in',
            field=models.UUIDField(db_default=initiatives.models.tracking.HistoryContext(), editable=False, null=True, verbose_name='context of the history'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contact',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "initiatives_contactevent" ("added_in", "id", "initiative_id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "value", "visibility") SELECT old_values."added_in", old_values."id", old_values."initiative_id", old_values."kind", _pgh_attached_context.value, NOW(), \'update\', old_values."id", old_values."value", old_values."visibility" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='7ec3cba5239447d541f1a85f4b3924888a411e74', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_aedf3', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='initiatives_contact', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contact',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "initiatives_contactevent" ("added_in", "id", "initiative_id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "value", "visibility") SELECT old_values."added_in", old_values."id", old_values."initiative_id", old_values."kind", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."value", old_values."visibility" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='006d68e12301b794876b1a0c9ba90c9fc229e82c', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_5cb01', referencing='REFERENCING OLD TABLE AS old_values ', table='initiatives_contact', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='initiativetheme',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "initiatives_initiativethemeevent" ("added_in", "id", "initiative_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "theme_id") SELECT old_values."added_in", old_values."id", old_values."initiative_id", _pgh_attached_context.value, NOW(), \'update\', old_values."id", old_values."theme_id" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='bd92c27f2c38f71c44b03925d419cb839d85a6c4', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_a0b83', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='initiatives_initiativetheme', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='initiativetheme',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "initiatives_initiativethemeevent" ("added_in", "id", "initiative_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "theme_id") SELECT old_values."added_in", old_values."id", old_values."initiative_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."theme_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='8d94affa4ff63ca973c51b6d4f2a5a0f9f703f48', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_4f34c', referencing='REFERENCING OLD TABLE AS old_values ', table='initiatives_initiativetheme', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='networkmembership',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "initiatives_networkmembershipevent" ("added_in", "id", "initiative_id", "network_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "since", "until") SELECT old_values."added_in", old_values."id", old_values."initiative_id", old_values."network_id", _pgh_attached_context.value, NOW(), \'update\', old_values."id", old_values."since", old_values."until" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='bcc1f16d1bdcc51e93cc83eb64b41462f2f1907f', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_0a5a1', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='initiatives_networkmembership', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='networkmembership',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "initiatives_networkmembershipevent" ("added_in", "id", "initiative_id", "network_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "since", "until") SELECT old_values."added_in", old_values."id", old_values."initiative_id", old_values."network_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."since", old_values."until" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='983fa384aa940449066817a6cc0e32d3e3510d0d', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_1e22d', referencing='REFERENCING OLD TABLE AS old_values ', table='initiatives_networkmembership', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='photo',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "initiatives_photoevent" ("added_in", "alt", "credit", "height", "id", "image", "initiative_id", "licence_id", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "width") SELECT old_values."added_in", old_values."alt", old_values."credit", old_values."height", old_values."id", old_values."image", old_values."initiative_id", old_values."licence_id", old_values."order", _pgh_attached_context.value, NOW(), \'update\', old_values."id", old_values."width" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='4ac2b14e4e5023cb0a8781013f2f35673fbb9319', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_648bd', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='initiatives_photo', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='photo',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "initiatives_photoevent" ("added_in", "alt", "credit", "height", "id", "image", "initiative_id", "licence_id", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "width") SELECT old_values."added_in", old_values."alt", old_values."credit", old_values."height", old_values."id", old_values."image", old_values."initiative_id", old_values."licence_id", old_values."order", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."width" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='993cff9046b5eaba7ddedd9f711f5643a40b37bb', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_abffa', referencing='REFERENCING OLD TABLE AS old_values ', table='initiatives_photo', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='translation',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "initiatives_translationevent" ("added_in", "description", "id", "initiative_id", "language", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "summary") SELECT old_values."added_in", old_values."description", old_values."id", old_values."initiative_id", old_values."language", old_values."name", _pgh_attached_context.value, NOW(), \'update\', old_values."id", old_values."summary" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='5cf520c92e20edd65a98474b1fbc53a3ed9d3216', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_4686d', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='initiatives_translation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='translation',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "initiatives_translationevent" ("added_in", "description", "id", "initiative_id", "language", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "summary") SELECT old_values."added_in", old_values."description", old_values."id", old_values."initiative_id", old_values."language", old_values."name", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."summary" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='5809809eaa6d38401cdf76e5d8f719790a50335f', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_da390', referencing='REFERENCING OLD TABLE AS old_values ', table='initiatives_translation', when='AFTER')),
        ),
        migrations.AddField(
            model_name='networkmembershipevent',
            name='initiative',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='initiatives.initiative', verbose_name='initiative'),
        ),
        migrations.AddField(
            model_name='networkmembershipevent',
            name='network',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='initiatives.network', verbose_name='partner network'),
        ),
        migrations.AddField(
            model_name='networkmembershipevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='networkmembershipevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='versions', related_query_name='versions', to='initiatives.networkmembership'),
        ),
    ]
