import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('territories', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Member',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='public identifier')),
                ('email', models.EmailField(max_length=254, verbose_name='e-mail')),
                ('public_name', models.CharField(blank=True, max_length=80, verbose_name='public name')),
                ('language', models.CharField(default='fr', max_length=2, verbose_name='language of mails')),
                ('roles', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('moderator', 'moderation'), ('animator', 'community management'), ('treasurer', 'treasury')], max_length=20), blank=True, default=list, size=None, verbose_name='roles')),
                ('is_staff', models.BooleanField(default=False, verbose_name='may enter the administration')),
                ('is_active', models.BooleanField(default=True, verbose_name='active')),
                ('date_joined', models.DateTimeField(default=django.utils.timezone.now, verbose_name='joined')),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
            options={
                'verbose_name': 'member',
                'verbose_name_plural': 'members',
                'ordering': ['public_name', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='CollectiveMembership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('facilitator', 'facilitation'), ('member', 'member')], default='member', max_length=20, verbose_name='role')),
                ('started_on', models.DateField(default=django.utils.timezone.localdate, verbose_name='since')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='until')),
                ('collective', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to='territories.collective', verbose_name='collective')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='collective_memberships', to=settings.AUTH_USER_MODEL, verbose_name='member')),
            ],
            options={
                'verbose_name': 'membership of a collective',
                'verbose_name_plural': 'memberships of collectives',
            },
        ),
        migrations.AddConstraint(
            model_name='member',
            constraint=models.UniqueConstraint(django.db.models.functions.text.Lower('email'), name='member_email_once', violation_error_message='A member with this e-mail address exists already.'),
        ),
        migrations.AddConstraint(
            model_name='collectivemembership',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_on', None)), fields=('member', 'collective'), name='collective_membership_once'),
        ),
        migrations.AddConstraint(
            model_name='collectivemembership',
            constraint=models.CheckConstraint(condition=models.Q(('ended_on', None), ('ended_on__gte', models.F('started_on')), _connector='OR'), name='collective_membership_dates', violation_error_message='The end comes before the beginning.'),
        ),
    ]
