from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('community', '0005_claims_and_invitations'),
    ]

    operations = [
        migrations.AddField(
            model_name='letterbox',
            name='desk_told_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='last told what waits'),
        ),
        migrations.AddField(
            model_name='letterbox',
            name='desk_silent_since',
            field=models.DateTimeField(blank=True, null=True, verbose_name='is not told what waits since'),
        ),
    ]
