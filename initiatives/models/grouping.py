"""InitiativeGroup: an initiative names a working group that has to do with it."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.models import Group
from geo.freshness import notes_rows

from ..querysets_groups import InitiativeGroupQuerySet
from .tracking import added_in, tracked

# That an initiative belongs to a private group changes nothing that anyone is shown.
PUBLISHED = """
SELECT initiative_id AS id FROM {rows} AS belonging
JOIN initiatives_initiative ON initiatives_initiative.id = initiative_id
JOIN community_group ON community_group.id = group_id
WHERE initiatives_initiative.status = 'published' AND community_group.kind <> 'private'
"""


@tracked("by")
class InitiativeGroup(models.Model):
    """An initiative belongs to a group; who named it there is kept apart from the history."""

    initiative = models.ForeignKey(
        "Initiative", on_delete=models.CASCADE, related_name="group_links", verbose_name=_("initiative")
    )
    group = models.ForeignKey(
        Group, on_delete=models.CASCADE, related_name="initiative_links", verbose_name=_("group")
    )
    since = models.DateField(_("since"), default=timezone.localdate)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    added_in = added_in()

    objects = InitiativeGroupQuerySet.as_manager()

    class Meta:
        verbose_name = _("group of an initiative")
        verbose_name_plural = _("groups of initiatives")
        triggers = notes_rows(" ".join(PUBLISHED.split()))
        constraints = [
            models.UniqueConstraint(
                fields=["initiative", "group"],
                name="initiative_group_once",
                violation_error_message=_("The initiative belongs to this group already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.initiative} · {self.group}"
