import django.contrib.gis.db.models.fields
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.comparison
import django.utils.timezone
import geo.functions
import initiatives.validators
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
import vocabulary.names
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('pghistory', '0007_auto_20250421_0444'),
        ('territories', '0001_initial'),
        ('vocabulary', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Contact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('email', 'e-mail'), ('phone', 'telephone')], max_length=10, verbose_name='kind')),
                ('value', models.CharField(max_length=254, verbose_name='value')),
                ('visibility', models.CharField(choices=[('everyone', 'Everyone'), ('members', 'Members'), ('nobody', 'No one (internal)')], default='nobody', max_length=10, verbose_name='visibility')),
            ],
            options={
                'verbose_name': 'contact',
                'verbose_name_plural': 'contacts',
                'ordering': ['kind'],
            },
        ),
        migrations.CreateModel(
            name='Initiative',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='identifier')),
                ('slug', models.SlugField(allow_unicode=True, max_length=120, unique=True, verbose_name='slug')),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('summary', models.CharField(blank=True, max_length=400, verbose_name='summary')),
                ('description', models.TextField(blank=True, help_text='Markdown', max_length=20000, verbose_name='description')),
                ('description_language', models.CharField(blank=True, max_length=3, verbose_name='language of the description')),
                ('founded', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1000), django.core.validators.MaxValueValidator(2100)], verbose_name='year founded')),
                ('tags', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), blank=True, default=list, size=None, verbose_name='tags')),
                ('labels', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=80), blank=True, default=list, size=None, verbose_name='labels')),
                ('languages', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=3), blank=True, default=list, size=None, verbose_name='languages spoken')),
                ('reach', models.CharField(blank=True, choices=[('local', 'local'), ('regional', 'regional'), ('national', 'national'), ('international', 'international')], max_length=15, verbose_name='reach')),
                ('position', django.contrib.gis.db.models.fields.PointField(blank=True, help_text='Only its people, moderators and the duplicate match read it.', null=True, spatial_index=False, srid=4326, verbose_name='exact position')),
                ('precision', models.CharField(choices=[('exact', 'exact'), ('street', 'to the street'), ('locality', 'to the town'), ('region', 'to the region')], default='exact', max_length=10, verbose_name='position precision')),
                ('has_no_position', models.BooleanField(default=False, verbose_name='has no position')),
                ('public_position', models.GeneratedField(db_persist=True, expression=geo.functions.Blur('position', 'precision'), output_field=django.contrib.gis.db.models.fields.PointField(null=True, spatial_index=False, srid=4326), verbose_name='public position')),
                ('cell', models.GeneratedField(db_persist=True, expression=geo.functions.Cell(geo.functions.Blur('position', 'precision')), output_field=models.BigIntegerField(null=True), verbose_name='place along the map')),
                ('street', models.CharField(blank=True, max_length=200, verbose_name='street and number')),
                ('postcode', models.CharField(blank=True, max_length=20, verbose_name='postcode')),
                ('locality', models.CharField(blank=True, max_length=120, verbose_name='town or village')),
                ('country', models.CharField(blank=True, max_length=2, verbose_name='country')),
                ('public_street', models.GeneratedField(db_persist=True, expression=geo.functions.PublicStreet('street', 'precision'), output_field=models.TextField(), verbose_name='street and number')),
                ('public_postcode', models.GeneratedField(db_persist=True, expression=geo.functions.PublicTown('postcode', 'precision'), output_field=models.TextField(), verbose_name='postcode')),
                ('public_locality', models.GeneratedField(db_persist=True, expression=geo.functions.PublicTown('locality', 'precision'), output_field=models.TextField(), verbose_name='town or village')),
                ('website', models.URLField(blank=True, max_length=400, verbose_name='website')),
                ('opening_hours', models.CharField(blank=True, max_length=400, validators=[initiatives.validators.validate_opening_hours], verbose_name='opening hours')),
                ('status', models.CharField(choices=[('draft', 'draft'), ('pending', 'awaiting review'), ('changes_asked', 'changes asked'), ('published', 'published'), ('rejected', 'not accepted'), ('archived', 'archived'), ('closed', 'ended')], default='draft', max_length=15, verbose_name='status')),
                ('field_sources', models.JSONField(blank=True, default=dict, help_text='Field name to identity number, or to “people” where it was edited here.', verbose_name='source by field')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='created')),
                ('updated_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='updated')),
                ('confirmed_at', models.DateTimeField(blank=True, null=True, verbose_name='confirmed')),
                ('search', models.GeneratedField(db_persist=True, expression=geo.functions.Words('name', geo.functions.PublicTown('locality', 'precision'), 'tags', 'summary'), output_field=django.contrib.postgres.search.SearchVectorField(), verbose_name='words for search')),
                ('search_name', models.GeneratedField(db_persist=True, expression=geo.functions.Fold('name'), output_field=models.TextField(), verbose_name='folded name')),
                ('collective', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='initiatives', to='territories.collective', verbose_name='collective')),
                ('legal_form', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vocabulary.legalform', verbose_name='legal form')),
                ('licence', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vocabulary.licence', verbose_name='licence')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='sites', to='initiatives.initiative', verbose_name='site of')),
                ('primary_theme', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vocabulary.theme', verbose_name='main theme')),
                ('territory', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='territories.territory', verbose_name='smallest administrative territory')),
            ],
            options={
                'verbose_name': 'initiative',
                'verbose_name_plural': 'initiatives',
                'ordering': ['search_name', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ContactEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('kind', models.CharField(choices=[('email', 'e-mail'), ('phone', 'telephone')], max_length=10, verbose_name='kind')),
                ('value', models.CharField(max_length=254, verbose_name='value')),
                ('visibility', models.CharField(choices=[('everyone', 'Everyone'), ('members', 'Members'), ('nobody', 'No one (internal)')], default='nobody', max_length=10, verbose_name='visibility')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='versions', related_query_name='versions', to='initiatives.contact')),
                ('initiative', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='initiatives.initiative', verbose_name='initiative')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='contact',
            name='initiative',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='contacts', to='initiatives.initiative', verbose_name='initiative'),
        ),
        migrations.CreateModel(
            name='InitiativeEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, verbose_name='identifier')),
                ('slug', models.SlugField(allow_unicode=True, db_index=False, max_length=120, verbose_name='slug')),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('summary', models.CharField(blank=True, max_length=400, verbose_name='summary')),
                ('description', models.TextField(blank=True, help_text='Markdown', max_length=20000, verbose_name='description')),
                ('description_language', models.CharField(blank=True, max_length=3, verbose_name='language of the description')),
                ('founded', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1000), django.core.validators.MaxValueValidator(2100)], verbose_name='year founded')),
                ('tags', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), blank=True, default=list, size=None, verbose_name='tags')),
                ('labels', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=80), blank=True, default=list, size=None, verbose_name='labels')),
                ('languages', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=3), blank=True, default=list, size=None, verbose_name='languages spoken')),
                ('reach', models.CharField(blank=True, choices=[('local', 'local'), ('regional', 'regional'), ('national', 'national'), ('international', 'international')], max_length=15, verbose_name='reach')),
                ('position', django.contrib.gis.db.models.fields.PointField(blank=True, help_text='Only its people, moderators and the duplicate match read it.', null=True, spatial_index=False, srid=4326, verbose_name='exact position')),
                ('precision', models.CharField(choices=[('exact', 'exact'), ('street', 'to the street'), ('locality', 'to the town'), ('region', 'to the region')], default='exact', max_length=10, verbose_name='position precision')),
                ('has_no_position', models.BooleanField(default=False, verbose_name='has no position')),
                ('street', models.CharField(blank=True, max_length=200, verbose_name='street and number')),
                ('postcode', models.CharField(blank=True, max_length=20, verbose_name='postcode')),
                ('locality', models.CharField(blank=True, max_length=120, verbose_name='town or village')),
                ('country', models.CharField(blank=True, max_length=2, verbose_name='country')),
                ('website', models.URLField(blank=True, max_length=400, verbose_name='website')),
                ('opening_hours', models.CharField(blank=True, max_length=400, validators=[initiatives.validators.validate_opening_hours], verbose_name='opening hours')),
                ('status', models.CharField(choices=[('draft', 'draft'), ('pending', 'awaiting review'), ('changes_asked', 'changes asked'), ('published', 'published'), ('rejected', 'not accepted'), ('archived', 'archived'), ('closed', 'ended')], default='draft', max_length=15, verbose_name='status')),
                ('field_sources', models.JSONField(blank=True, default=dict, help_text='Field name to identity number, or to “people” where it was edited here.', verbose_name='source by field')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='created')),
                ('updated_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='updated')),
                ('confirmed_at', models.DateTimeField(blank=True, null=True, verbose_name='confirmed')),
                ('collective', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='territories.collective', verbose_name='collective')),
                ('legal_form', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='vocabulary.legalform', verbose_name='legal form')),
                ('licence', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='vocabulary.licence', verbose_name='licence')),
                ('parent', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='initiatives.initiative', verbose_name='site of')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='versions', related_query_name='versions', to='initiatives.initiative')),
                ('primary_theme', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='vocabulary.theme', verbose_name='main theme')),
                ('territory', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='territories.territory', verbose_name='smallest administrative territory')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='InitiativeTerritory',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('initiative', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='territory_links', to='initiatives.initiative', verbose_name='initiative')),
                ('territory', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='initiative_links', to='territories.territory', verbose_name='territory')),
            ],
            options={
                'verbose_name': 'territory of an initiative',
                'verbose_name_plural': 'territories of initiatives',
            },
        ),
        migrations.AddField(
            model_name='initiative',
            name='territories',
            field=models.ManyToManyField(related_name='initiatives', through='initiatives.InitiativeTerritory', to='territories.territory', verbose_name='territories'),
        ),
        migrations.CreateModel(
            name='InitiativeTheme',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('initiative', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='theme_links', to='initiatives.initiative', verbose_name='initiative')),
                ('theme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='initiative_links', to='vocabulary.theme', verbose_name='theme')),
            ],
            options={
                'verbose_name': 'theme of an initiative',
                'verbose_name_plural': 'themes of initiatives',
            },
        ),
        migrations.AddField(
            model_name='initiative',
            name='themes',
            field=models.ManyToManyField(related_name='initiatives', through='initiatives.InitiativeTheme', to='vocabulary.theme', verbose_name='themes'),
        ),
        migrations.CreateModel(
            name='InitiativeThemeEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('initiative', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='initiatives.initiative', verbose_name='initiative')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='versions', related_query_name='versions', to='initiatives.initiativetheme')),
                ('theme', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='vocabulary.theme', verbose_name='theme')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Network',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=160, verbose_name='name')),
                ('slug', models.SlugField(max_length=120, unique=True, verbose_name='slug')),
                ('country', models.CharField(blank=True, max_length=2, verbose_name='country')),
                ('website', models.URLField(blank=True, verbose_name='website')),
                ('descriptions', vocabulary.names.TextsField(blank=True, default=dict, verbose_name='description')),
                ('charter_url', models.URLField(blank=True, verbose_name='address of its charter')),
                ('is_complete', models.BooleanField(default=True, help_text='Off when an import made it and someone still has to describe it.', verbose_name='complete')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created')),
                ('licence', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vocabulary.licence', verbose_name='licence of its data')),
                ('stewards', models.ManyToManyField(blank=True, related_name='stewarded_networks', to=settings.AUTH_USER_MODEL, verbose_name='stewards')),
            ],
            options={
                'verbose_name': 'partner network',
                'verbose_name_plural': 'partner networks',
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='Identity',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('external_id', models.CharField(max_length=200, verbose_name='source identifier')),
                ('url', models.URLField(blank=True, max_length=600, verbose_name='address at the source')),
                ('raw', models.JSONField(default=dict, verbose_name='record as it came')),
                ('checksum', models.CharField(max_length=64, verbose_name='checksum of the record')),
                ('fields', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None, verbose_name='fields it gave')),
                ('first_seen_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='first seen')),
                ('seen_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='last seen')),
                ('gone_at', models.DateTimeField(blank=True, null=True, verbose_name='no longer in the source since')),
                ('licence', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vocabulary.licence', verbose_name='licence')),
                ('initiative', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='identities', to='initiatives.initiative', verbose_name='initiative')),
                ('network', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='identities', to='initiatives.network', verbose_name='partner network')),
            ],
            options={
                'verbose_name': 'source record',
                'verbose_name_plural': 'source records',
                'ordering': ['network', 'external_id'],
            },
        ),
        migrations.CreateModel(
            name='NetworkMembership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateField(blank=True, null=True, verbose_name='since')),
                ('until', models.DateField(blank=True, null=True, verbose_name='until')),
                ('initiative', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to='initiatives.initiative', verbose_name='initiative')),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to='initiatives.network', verbose_name='partner network')),
            ],
            options={
                'verbose_name': 'membership of a network',
                'verbose_name_plural': 'memberships of networks',
            },
        ),
        migrations.AddField(
            model_name='initiative',
            name='networks',
            field=models.ManyToManyField(related_name='initiatives', through='initiatives.NetworkMembership', to='initiatives.network', verbose_name='networks'),
        ),
        migrations.CreateModel(
            name='OldSlug',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(allow_unicode=True, max_length=120, unique=True, verbose_name='slug')),
                ('initiative', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='old_slugs', to='initiatives.initiative', verbose_name='initiative')),
            ],
            options={
                'verbose_name': 'former address',
                'verbose_name_plural': 'former addresses',
            },
        ),
        migrations.CreateModel(
            name='Photo',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('image', models.ImageField(height_field='height', upload_to='photos/', verbose_name='picture', width_field='width')),
                ('width', models.PositiveIntegerField(editable=False, verbose_name='width')),
                ('height', models.PositiveIntegerField(editable=False, verbose_name='height')),
                ('alt', models.CharField(max_length=300, verbose_name='alternative text')),
                ('credit', models.CharField(blank=True, max_length=160, verbose_name='author')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='order')),
                ('initiative', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='photos', to='initiatives.initiative', verbose_name='initiative')),
                ('licence', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vocabulary.licence', verbose_name='licence')),
            ],
            options={
                'verbose_name': 'photo',
                'verbose_name_plural': 'photos',
                'ordering': ['order', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='PhotoEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('image', models.ImageField(height_field='height', upload_to='photos/', verbose_name='picture', width_field='width')),
                ('width', models.PositiveIntegerField(editable=False, verbose_name='width')),
                ('height', models.PositiveIntegerField(editable=False, verbose_name='height')),
                ('alt', models.CharField(max_length=300, verbose_name='alternative text')),
                ('credit', models.CharField(blank=True, max_length=160, verbose_name='author')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='order')),
                ('initiative', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='initiatives.initiative', verbose_name='initiative')),
                ('licence', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='vocabulary.licence', verbose_name='licence')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='versions', related_query_name='versions', to='initiatives.photo')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='StatusChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('verb', models.CharField(choices=[('create', 'create'), ('submit', 'send for review'), ('publish', 'publish'), ('ask_changes', 'ask for changes'), ('reject', 'do not accept'), ('archive', 'archive'), ('restore', 'restore'), ('close', 'record as ended'), ('confirm', 'confirm as up to date'), ('revise', 'edit'), ('import', 'import')], max_length=15, verbose_name='verb')),
                ('from_status', models.CharField(blank=True, choices=[('draft', 'draft'), ('pending', 'awaiting review'), ('changes_asked', 'changes asked'), ('published', 'published'), ('rejected', 'not accepted'), ('archived', 'archived'), ('closed', 'ended')], max_length=15, verbose_name='from')),
                ('to_status', models.CharField(choices=[('draft', 'draft'), ('pending', 'awaiting review'), ('changes_asked', 'changes asked'), ('published', 'published'), ('rejected', 'not accepted'), ('archived', 'archived'), ('closed', 'ended')], max_length=15, verbose_name='to')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='at')),
                ('reason', models.TextField(blank=True, verbose_name='reason')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                ('initiative', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='status_changes', to='initiatives.initiative', verbose_name='initiative')),
            ],
            options={
                'verbose_name': 'step of the workflow',
                'verbose_name_plural': 'steps of the workflow',
                'ordering': ['-at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Translation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(max_length=3, verbose_name='language')),
                ('name', models.CharField(blank=True, max_length=200, verbose_name='name')),
                ('summary', models.CharField(blank=True, max_length=400, verbose_name='summary')),
                ('description', models.TextField(blank=True, max_length=20000, verbose_name='description')),
                ('initiative', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='translations', to='initiatives.initiative', verbose_name='initiative')),
            ],
            options={
                'verbose_name': 'translation',
                'verbose_name_plural': 'translations',
                'ordering': ['language'],
            },
        ),
        migrations.CreateModel(
            name='TranslationEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('language', models.CharField(max_length=3, verbose_name='language')),
                ('name', models.CharField(blank=True, max_length=200, verbose_name='name')),
                ('summary', models.CharField(blank=True, max_length=400, verbose_name='summary')),
                ('description', models.TextField(blank=True, max_length=20000, verbose_name='description')),
                ('initiative', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='initiatives.initiative', verbose_name='initiative')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='versions', related_query_name='versions', to='initiatives.translation')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddConstraint(
            model_name='contact',
            constraint=models.UniqueConstraint(fields=('initiative', 'kind'), name='contact_once_a_kind'),
        ),
        migrations.AddConstraint(
            model_name='contact',
            constraint=models.CheckConstraint(condition=models.Q(('value', ''), _negated=True), name='contact_has_value'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contact',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "initiatives_contactevent" ("id", "initiative_id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "value", "visibility") SELECT old_values."id", old_values."initiative_id", old_values."kind", _pgh_attached_context.value, NOW(), \'update\', old_values."id", old_values."value", old_values."visibility" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='14d2ebde84c1c20851b4f2900cf641295b514e98', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_aedf3', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='initiatives_contact', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contact',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "initiatives_contactevent" ("id", "initiative_id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "value", "visibility") SELECT old_values."id", old_values."initiative_id", old_values."kind", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."value", old_values."visibility" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='c7db69957099f581077a357eb7eefa486f26e8dc', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_5cb01', referencing='REFERENCING OLD TABLE AS old_values ', table='initiatives_contact', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='initiativeterritory',
            index=models.Index(fields=['territory', 'initiative'], name='initiative_by_territory'),
        ),
        migrations.AddConstraint(
            model_name='initiativeterritory',
            constraint=models.UniqueConstraint(fields=('initiative', 'territory'), name='initiative_territory_once'),
        ),
        migrations.AddConstraint(
            model_name='initiativetheme',
            constraint=models.UniqueConstraint(fields=('initiative', 'theme'), name='initiative_theme_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='initiativetheme',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "initiatives_initiativethemeevent" ("id", "initiative_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "theme_id") SELECT old_values."id", old_values."initiative_id", _pgh_attached_context.value, NOW(), \'update\', old_values."id", old_values."theme_id" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='59af50a48752e795a1cc51b11db9f4d2b728d316', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_a0b83', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='initiatives_initiativetheme', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='initiativetheme',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "initiatives_initiativethemeevent" ("id", "initiative_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "theme_id") SELECT old_values."id", old_values."initiative_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."theme_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='d9a459a5fc69dcfe38ce04de09bd0e18a6ea8cdd', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_4f34c', referencing='REFERENCING OLD TABLE AS old_values ', table='initiatives_initiativetheme', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='network',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='network_has_name'),
        ),
        migrations.AddConstraint(
            model_name='identity',
            constraint=models.UniqueConstraint(fields=('network', 'external_id'), name='identity_once_a_network', violation_error_message='This network has a record with this identifier already.'),
        ),
        migrations.AddConstraint(
            model_name='identity',
            constraint=models.CheckConstraint(condition=models.Q(('external_id', ''), _negated=True), name='identity_has_key'),
        ),
        migrations.AddConstraint(
            model_name='networkmembership',
            constraint=models.UniqueConstraint(condition=models.Q(('until', None)), fields=('network', 'initiative'), name='network_membership_once'),
        ),
        migrations.AddConstraint(
            model_name='networkmembership',
            constraint=models.CheckConstraint(condition=models.Q(('until', None), ('since', None), ('until__gte', models.F('since')), _connector='OR'), name='network_membership_dates'),
        ),
        migrations.AddIndex(
            model_name='initiative',
            index=django.contrib.postgres.indexes.GistIndex(fields=['public_position'], name='initiative_public_position'),
        ),
        migrations.AddIndex(
            model_name='initiative',
            index=django.contrib.postgres.indexes.GistIndex(django.db.models.functions.comparison.Cast('public_position', django.contrib.gis.db.models.fields.PointField(geography=True, srid=4326)), name='initiative_public_geography'),
        ),
        migrations.AddIndex(
            model_name='initiative',
            index=models.Index(condition=models.Q(('status', 'published')), fields=['cell'], name='initiative_published_cell'),
        ),
        migrations.AddIndex(
            model_name='initiative',
            index=django.contrib.postgres.indexes.GinIndex(fields=['search'], name='initiative_search'),
        ),
        migrations.AddIndex(
            model_name='initiative',
            index=django.contrib.postgres.indexes.GinIndex(fields=['search_name'], name='initiative_search_name', opclasses=['gin_trgm_ops']),
        ),
        migrations.AddIndex(
            model_name='initiative',
            index=models.Index(condition=models.Q(('status', 'published')), fields=['search_name', 'id'], name='initiative_by_name'),
        ),
        migrations.AddIndex(
            model_name='initiative',
            index=models.Index(fields=['status', 'updated_at'], name='initiative_by_update'),
        ),
        migrations.AddConstraint(
            model_name='initiative',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'published'), _negated=True), models.Q(models.Q(('name', ''), _negated=True), ('primary_theme__isnull', False), models.Q(models.Q(('has_no_position', False), ('position__isnull', False)), models.Q(('has_no_position', True), ('position__isnull', True)), _connector='OR')), _connector='OR'), name='initiative_published_is_complete', violation_error_message='To be published it needs a name, a main theme, and a position or the mark that it has none.'),
        ),
        migrations.AddConstraint(
            model_name='initiative',
            constraint=models.CheckConstraint(condition=models.Q(('position__isnull', True), geo.functions.IsOnMap('position'), _connector='OR'), name='initiative_position_on_map', violation_error_message='Expected a longitude between -180 and 180 and a latitude between -85.05 and 85.05.'),
        ),
        migrations.AddConstraint(
            model_name='initiative',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['draft', 'pending', 'changes_asked', 'published', 'rejected', 'archived', 'closed'])), name='initiative_status_known'),
        ),
        migrations.AddConstraint(
            model_name='initiative',
            constraint=models.CheckConstraint(condition=models.Q(('precision__in', ['exact', 'street', 'locality', 'region'])), name='initiative_precision_known'),
        ),
        migrations.AddConstraint(
            model_name='initiative',
            constraint=models.CheckConstraint(condition=models.Q(('parent__isnull', True), models.Q(('parent', models.F('id')), _negated=True), _connector='OR'), name='initiative_not_its_own_site'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='initiative',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "initiatives_initiativeevent" ("collective_id", "confirmed_at", "country", "created_at", "description", "description_language", "field_sources", "founded", "has_no_position", "id", "labels", "languages", "legal_form_id", "licence_id", "locality", "name", "opening_hours", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "postcode", "precision", "primary_theme_id", "reach", "slug", "status", "street", "summary", "tags", "territory_id", "updated_at", "uuid", "website") SELECT old_values."collective_id", old_values."confirmed_at", old_values."country", old_values."created_at", old_values."description", old_values."description_language", old_values."field_sources", old_values."founded", old_values."has_no_position", old_values."id", old_values."labels", old_values."languages", old_values."legal_form_id", old_values."licence_id", old_values."locality", old_values."name", old_values."opening_hours", old_values."parent_id", _pgh_attached_context.value, NOW(), \'update\', old_values."id", old_values."position", old_values."postcode", old_values."precision", old_values."primary_theme_id", old_values."reach", old_values."slug", old_values."status", old_values."street", old_values."summary", old_values."tags", old_values."territory_id", old_values."updated_at", old_values."uuid", old_values."website" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."collective_id" IS DISTINCT FROM (new_values."collective_id") OR old_values."confirmed_at" IS DISTINCT FROM (new_values."confirmed_at") OR old_values."country" IS DISTINCT FROM (new_values."country") OR old_values."created_at" IS DISTINCT FROM (new_values."created_at") OR old_values."description" IS DISTINCT FROM (new_values."description") OR old_values."description_language" IS DISTINCT FROM (new_values."description_language") OR old_values."field_sources" IS DISTINCT FROM (new_values."field_sources") OR old_values."founded" IS DISTINCT FROM (new_values."founded") OR old_values."has_no_position" IS DISTINCT FROM (new_values."has_no_position") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."labels" IS DISTINCT FROM (new_values."labels") OR old_values."languages" IS DISTINCT FROM (new_values."languages") OR old_values."legal_form_id" IS DISTINCT FROM (new_values."legal_form_id") OR old_values."licence_id" IS DISTINCT FROM (new_values."licence_id") OR old_values."locality" IS DISTINCT FROM (new_values."locality") OR old_values."name" IS DISTINCT FROM (new_values."name") OR old_values."opening_hours" IS DISTINCT FROM (new_values."opening_hours") OR old_values."parent_id" IS DISTINCT FROM (new_values."parent_id") OR old_values."position" IS DISTINCT FROM (new_values."position") OR old_values."postcode" IS DISTINCT FROM (new_values."postcode") OR old_values."precision" IS DISTINCT FROM (new_values."precision") OR old_values."primary_theme_id" IS DISTINCT FROM (new_values."primary_theme_id") OR old_values."reach" IS DISTINCT FROM (new_values."reach") OR old_values."slug" IS DISTINCT FROM (new_values."slug") OR old_values."status" IS DISTINCT FROM (new_values."status") OR old_values."street" IS DISTINCT FROM (new_values."street") OR old_values."summary" IS DISTINCT FROM (new_values."summary") OR old_values."tags" IS DISTINCT FROM (new_values."tags") OR old_values."territory_id" IS DISTINCT FROM (new_values."territory_id") OR old_values."updated_at" IS DISTINCT FROM (new_values."updated_at") OR old_values."uuid" IS DISTINCT FROM (new_values."uuid") OR old_values."website" IS DISTINCT FROM (new_values."website")) ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='2866787c737253346b740b59b355f62ffbb8e590', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_b6c3b', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='initiatives_initiative', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='initiative',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "initiatives_initiativeevent" ("collective_id", "confirmed_at", "country", "created_at", "description", "description_language", "field_sources", "founded", "has_no_position", "id", "labels", "languages", "legal_form_id", "licence_id", "locality", "name", "opening_hours", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "postcode", "precision", "primary_theme_id", "reach", "slug", "status", "street", "summary", "tags", "territory_id", "updated_at", "uuid", "website") SELECT old_values."collective_id", old_values."confirmed_at", old_values."country", old_values."created_at", old_values."description", old_values."description_language", old_values."field_sources", old_values."founded", old_values."has_no_position", old_values."id", old_values."labels", old_values."languages", old_values."legal_form_id", old_values."licence_id", old_values."locality", old_values."name", old_values."opening_hours", old_values."parent_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."position", old_values."postcode", old_values."precision", old_values."primary_theme_id", old_values."reach", old_values."slug", old_values."status", old_values."street", old_values."summary", old_values."tags", old_values."territory_id", old_values."updated_at", old_values."uuid", old_values."website" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='99a286b2ae51daa55b186a9860d38636b463858b', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_bf9bd', referencing='REFERENCING OLD TABLE AS old_values ', table='initiatives_initiative', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='photo',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "initiatives_photoevent" ("alt", "credit", "height", "id", "image", "initiative_id", "licence_id", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "width") SELECT old_values."alt", old_values."credit", old_values."height", old_values."id", old_values."image", old_values."initiative_id", old_values."licence_id", old_values."order", _pgh_attached_context.value, NOW(), \'update\', old_values."id", old_values."width" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='c8438f6cc087830641f4890e4703cd8949df4f2a', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_648bd', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='initiatives_photo', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='photo',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "initiatives_photoevent" ("alt", "credit", "height", "id", "image", "initiative_id", "licence_id", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "width") SELECT old_values."alt", old_values."credit", old_values."height", old_values."id", old_values."image", old_values."initiative_id", old_values."licence_id", old_values."order", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."width" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='c4ca4b6540cbb697d8bddddb92bd1a7dcf1f7ba5', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_abffa', referencing='REFERENCING OLD TABLE AS old_values ', table='initiatives_photo', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='translation',
            constraint=models.UniqueConstraint(fields=('initiative', 'language'), name='translation_once_a_language'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='translation',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "initiatives_translationevent" ("description", "id", "initiative_id", "language", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "summary") SELECT old_values."description", old_values."id", old_values."initiative_id", old_values."language", old_values."name", _pgh_attached_context.value, NOW(), \'update\', old_values."id", old_values."summary" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='20071032e3699b14bb41a6ae63c7ec15ca360453', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_4686d', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='initiatives_translation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='translation',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "initiatives_translationevent" ("description", "id", "initiative_id", "language", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "summary") SELECT old_values."description", old_values."id", old_values."initiative_id", old_values."language", old_values."name", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."summary" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='cbc10fd63b3769952532725f18a4616dee719834', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_da390', referencing='REFERENCING OLD TABLE AS old_values ', table='initiatives_translation', when='AFTER')),
        ),
    ]
