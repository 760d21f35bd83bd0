"""Offers and needs that are settled count in the ledger."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('community', '0015_hidden_posts'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='contribution',
            name='contribution_kind_known',
        ),
        migrations.AlterField(
            model_name='contribution',
            name='kind',
            field=models.CharField(choices=[('published', 'initiative published'), ('founded', 'collective founded'), ('imported', 'import done'), ('corrected', 'correction accepted'), ('invited', 'invitation accepted'), ('confirmed', 'initiative confirmed'), ('reviewed', 'review decided'), ('vouched', 'vouched for an initiative'), ('topic', 'topic begun'), ('reply', 'reply written'), ('settled', 'offer or need settled')], max_length=10, verbose_name='kind'),
        ),
        migrations.AddConstraint(
            model_name='contribution',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['published', 'founded', 'imported', 'corrected', 'invited', 'confirmed', 'reviewed', 'vouched', 'topic', 'reply', 'settled'])), name='contribution_kind_known'),
        ),
    ]
