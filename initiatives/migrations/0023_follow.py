"""What members follow, and changes found by when they were made."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('initiatives', '0022_groups'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Follow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('query', models.CharField(blank=True, max_length=2000, verbose_name='selection')),
                ('frequency', models.CharField(choices=[('daily', 'once a day'), ('weekly', 'once a week')], db_index=True, default='weekly', max_length=10, verbose_name='mail')),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='since')),
                ('told_until', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='mailed until')),
                ('telling_since', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='letter begun until')),
                ('initiative', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='follows', to='initiatives.initiative', verbose_name='initiative')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='follows', to=settings.AUTH_USER_MODEL, verbose_name='member')),
            ],
            options={
                'verbose_name': 'followed selection',
                'verbose_name_plural': 'followed selections',
                'ordering': ['-made_at', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('initiative', None), ('query', ''), _connector='OR'), name='follow_one_thing'), models.CheckConstraint(condition=models.Q(('frequency__in', ['daily', 'weekly'])), name='follow_how_often'), models.UniqueConstraint(condition=models.Q(('initiative', None)), fields=('member', 'query'), name='follow_selection_once'), models.UniqueConstraint(fields=('member', 'initiative'), name='follow_initiative_once')],
            },
        ),
        migrations.RunSQL(
            "CREATE INDEX initiatives_changeset_at ON initiatives_changeset (at)",
            "DROP INDEX initiatives_changeset_at",
        ),
    ]
