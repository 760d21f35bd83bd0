import django.contrib.postgres.fields
import django.db.models.deletion
import vocabulary.names
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [("geo", "0001_functions")]

    operations = [
        migrations.CreateModel(
            name='Licence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('names', vocabulary.names.TextsField(default=dict, verbose_name='names')),
                ('code', models.CharField(help_text='SPDX identifier where there is one.', max_length=40, unique=True, verbose_name='code')),
                ('url', models.URLField(verbose_name='address of the text')),
                ('asks_attribution', models.BooleanField(default=True, verbose_name='asks to name the source')),
                ('shares_alike', models.BooleanField(default=False, verbose_name='asks to share alike')),
            ],
            options={
                'verbose_name': 'licence',
                'verbose_name_plural': 'licences',
                'ordering': ['code'],
            },
        ),
        migrations.CreateModel(
            name='LegalForm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('names', vocabulary.names.TextsField(default=dict, verbose_name='names')),
                ('slug', models.SlugField(max_length=60, unique=True, verbose_name='slug')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='order')),
                ('country', models.CharField(blank=True, max_length=2, verbose_name='country')),
                ('nature', models.CharField(choices=[('form', 'form'), ('variety', 'variety'), ('status', 'status')], default='form', max_length=10, verbose_name='nature')),
                ('local_names', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=120), blank=True, default=list, size=None, verbose_name='local names')),
                ('abbreviations', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=120), blank=True, default=list, size=None, verbose_name='abbreviations')),
                ('essglobal', models.JSONField(blank=True, default=dict, verbose_name='ESSGlobal codes')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='specific', to='vocabulary.legalform', verbose_name='generic form')),
            ],
            options={
                'verbose_name': 'legal form',
                'verbose_name_plural': 'legal forms',
                'ordering': ['order', 'slug'],
            },
        ),
        migrations.CreateModel(
            name='Theme',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('names', vocabulary.names.TextsField(default=dict, verbose_name='names')),
                ('slug', models.SlugField(max_length=60, unique=True, verbose_name='slug')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='order')),
                ('short_names', vocabulary.names.TextsField(blank=True, default=dict, verbose_name='short names')),
                ('definition', vocabulary.names.TextsField(blank=True, default=dict, verbose_name='definition')),
                ('icon', models.SlugField(blank=True, help_text='Symbol of the icon sheet, and name of the colour.', max_length=30, verbose_name='icon')),
                ('essglobal', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=120), blank=True, default=list, size=None, verbose_name='ESSGlobal codes')),
                ('osm', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=120), blank=True, default=list, size=None, verbose_name='OpenStreetMap tags')),
                ('osm_weak', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=120), blank=True, default=list, size=None, verbose_name='OpenStreetMap tags that need other proof')),
                ('nace', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=120), blank=True, default=list, size=None, verbose_name='NACE Rev. 2 divisions')),
                ('synonyms', models.JSONField(blank=True, default=dict, verbose_name='synonyms by language')),
                ('source_values', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=120), blank=True, default=list, size=None, verbose_name='values used by other maps')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='subthemes', to='vocabulary.theme', verbose_name='theme')),
            ],
            options={
                'verbose_name': 'theme',
                'verbose_name_plural': 'themes',
                'ordering': ['order', 'slug'],
                'constraints': [models.CheckConstraint(condition=models.Q(('parent__isnull', False), models.Q(('icon', ''), _negated=True), _connector='OR'), name='theme_root_has_icon', violation_error_message='One of the ten themes needs an icon.')],
            },
        ),
    ]
