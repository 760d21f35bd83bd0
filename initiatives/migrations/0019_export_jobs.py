import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('initiatives', '0018_links'),
    ]

    operations = [
        migrations.CreateModel(
            name='Export',
            fields=[
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('format', models.CharField(max_length=12, verbose_name='format')),
                ('query', models.TextField(blank=True, verbose_name='selection')),
                ('version', models.CharField(max_length=80, verbose_name='version')),
                ('status', models.CharField(choices=[('waiting', 'waiting'), ('running', 'being made'), ('done', 'ready'), ('failed', 'failed')], default='waiting', max_length=10, verbose_name='status')),
                ('rows', models.PositiveIntegerField(verbose_name='rows')),
                ('done', models.PositiveIntegerField(default=0, verbose_name='rows written so far')),
                ('size', models.PositiveBigIntegerField(blank=True, null=True, verbose_name='size')),
                ('asked_at', models.DateTimeField(auto_now_add=True, verbose_name='asked for')),
                ('heard_at', models.DateTimeField(blank=True, null=True, verbose_name='last sign of life')),
            ],
            options={
                'verbose_name': 'file of a selection',
                'verbose_name_plural': 'files of selections',
                'ordering': ['-asked_at'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('status', 'failed'), _negated=True), fields=('format', 'query', 'version'), name='export_once_a_version')],
            },
        ),
    ]
