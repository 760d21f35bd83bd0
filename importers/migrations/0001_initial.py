import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('initiatives', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ImportRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(max_length=400, verbose_name='file or address')),
                ('format', models.CharField(max_length=20, verbose_name='format')),
                ('mapping', models.JSONField(default=dict, verbose_name='column mapping')),
                ('status', models.CharField(choices=[('running', 'running'), ('done', 'done'), ('failed', 'failed')], default='running', max_length=10, verbose_name='status')),
                ('started_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='started')),
                ('finished_at', models.DateTimeField(blank=True, null=True, verbose_name='finished')),
                ('summary', models.JSONField(default=dict, verbose_name='summary')),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='import_runs', to='initiatives.network', verbose_name='partner network')),
                ('started_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
            ],
            options={
                'verbose_name': 'run of an import',
                'verbose_name_plural': 'runs of imports',
                'ordering': ['-started_at'],
            },
        ),
        migrations.CreateModel(
            name='ImportIssue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('level', models.CharField(choices=[('warning', 'warning'), ('duplicate', 'duplicate'), ('refused', 'refused')], max_length=10, verbose_name='level')),
                ('row', models.PositiveIntegerField(help_text='Counted from 1 after the header.', verbose_name='row')),
                ('field', models.CharField(blank=True, max_length=60, verbose_name='field')),
                ('value', models.CharField(blank=True, max_length=200, verbose_name='value')),
                ('message', models.CharField(max_length=300, verbose_name='reason')),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='issues', to='importers.importrun', verbose_name='run of an import')),
            ],
            options={
                'verbose_name': 'issue of an import',
                'verbose_name_plural': 'issues of imports',
                'ordering': ['run', 'row', 'pk'],
            },
        ),
    ]
