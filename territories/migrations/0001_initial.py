import django.contrib.gis.db.models.fields
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import geo.functions
import vocabulary.names
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('vocabulary', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Place',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('geonameid', models.PositiveBigIntegerField(unique=True, verbose_name='GeoNames identifier')),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('country', models.CharField(max_length=2, verbose_name='country')),
                ('admin1', models.CharField(blank=True, max_length=120, verbose_name='first division')),
                ('population', models.PositiveIntegerField(default=0, verbose_name='population')),
                ('position', django.contrib.gis.db.models.fields.PointField(spatial_index=False, srid=4326, verbose_name='position')),
                ('search_names', models.TextField(help_text='Every name in its folded spelling, each after a bar.', verbose_name='names for search')),
            ],
            options={
                'verbose_name': 'place',
                'verbose_name_plural': 'places',
                'ordering': ['-population', 'name'],
                'indexes': [django.contrib.postgres.indexes.GistIndex(fields=['position'], name='place_position'), django.contrib.postgres.indexes.GinIndex(fields=['search_names'], name='place_search_names', opclasses=['gin_trgm_ops'])],
            },
        ),
        migrations.CreateModel(
            name='Territory',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('names', vocabulary.names.TextsField(default=dict, verbose_name='names')),
                ('code', models.CharField(max_length=40, unique=True, verbose_name='code')),
                ('scheme', models.CharField(choices=[('country', 'country'), ('nuts1', 'NUTS 1'), ('nuts2', 'NUTS 2'), ('nuts3', 'NUTS 3'), ('region', 'region'), ('department', 'department'), ('intermunicipality', 'intermunicipality'), ('municipality', 'municipality'), ('custom', 'own perimeter')], max_length=20, verbose_name='scheme')),
                ('country', models.CharField(blank=True, max_length=2, verbose_name='country')),
                ('boundary', django.contrib.gis.db.models.fields.MultiPolygonField(spatial_index=False, srid=4326, verbose_name='boundary')),
                ('view', django.contrib.postgres.fields.ArrayField(base_field=models.FloatField(), blank=True, help_text='West, south, east, north in degrees, where the whole boundary would show too much.', null=True, size=4, verbose_name='box to show')),
                ('population', models.PositiveBigIntegerField(blank=True, null=True, verbose_name='population')),
                ('source', models.CharField(blank=True, max_length=200, verbose_name='source')),
                ('year', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='year')),
                ('search_names', models.GeneratedField(db_persist=True, expression=geo.functions.FoldedNames('names'), output_field=models.TextField(), verbose_name='names for search')),
                ('licence', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vocabulary.licence', verbose_name='licence')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='children', to='territories.territory', verbose_name='part of')),
            ],
            options={
                'verbose_name': 'territory',
                'verbose_name_plural': 'territories',
                'ordering': ['scheme', 'code'],
            },
        ),
        migrations.CreateModel(
            name='Collective',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=160, verbose_name='name')),
                ('slug', models.SlugField(max_length=120, unique=True, verbose_name='slug')),
                ('purposes', vocabulary.names.TextsField(blank=True, default=dict, verbose_name='purpose')),
                ('perimeter', django.contrib.gis.db.models.fields.MultiPolygonField(blank=True, null=True, srid=4326, verbose_name='area covered')),
                ('website', models.URLField(blank=True, verbose_name='website')),
                ('logo', models.ImageField(blank=True, upload_to='collectives/', verbose_name='logo')),
                ('status', models.CharField(choices=[('draft', 'draft'), ('published', 'published'), ('archived', 'archived')], db_index=True, default='draft', max_length=10, verbose_name='status')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created')),
                ('territory', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='collectives', to='territories.territory', verbose_name='territory')),
            ],
            options={
                'verbose_name': 'territorial collective',
                'verbose_name_plural': 'territorial collectives',
                'ordering': ['name'],
            },
        ),
        migrations.AddIndex(
            model_name='territory',
            index=django.contrib.postgres.indexes.GinIndex(fields=['search_names'], name='territory_search_names', opclasses=['gin_trgm_ops']),
        ),
        migrations.AddIndex(
            model_name='territory',
            index=django.contrib.postgres.indexes.GistIndex(fields=['boundary'], name='territory_boundary'),
        ),
        migrations.AddConstraint(
            model_name='territory',
            constraint=models.CheckConstraint(condition=models.Q(('scheme__in', ['country', 'nuts1', 'nuts2', 'nuts3', 'region', 'department', 'intermunicipality', 'municipality', 'custom'])), name='territory_scheme_known'),
        ),
        migrations.AddConstraint(
            model_name='territory',
            constraint=models.CheckConstraint(condition=models.Q(('code', ''), _negated=True), name='territory_has_code'),
        ),
        migrations.AddConstraint(
            model_name='territory',
            constraint=models.CheckConstraint(condition=models.Func(models.F('boundary'), function='ST_IsValid', output_field=models.BooleanField()), name='territory_boundary_valid', violation_error_message='The boundary crosses itself or is otherwise not valid.'),
        ),
        migrations.AddConstraint(
            model_name='collective',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='collective_has_name'),
        ),
    ]
