"""AwaitedPicture: what a record says of a picture, until the worker has fetched it, and what became of it."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from initiatives.models import Initiative
from vocabulary.models import Licence

from .enums import State
from .querysets import AwaitedPictureQuerySet
from .values import LONGEST_ADDRESS, LONGEST_ALT, LONGEST_CREDIT


class AwaitedPicture(models.Model):
    """A picture that a run brings to an initiative."""

    run = models.ForeignKey(
        "importers.ImportRun",
        on_delete=models.CASCADE,
        related_name="pictures",
        verbose_name=_("run of an import"),
    )
    # Nobody's work on the initiative, so that it keeps none from being taken away.
    initiative = models.ForeignKey(
        Initiative, on_delete=models.CASCADE, related_name="+", verbose_name=_("initiative")
    )
    row = models.PositiveIntegerField(_("row"), help_text=_("Counted from 1 after the header."))
    order = models.PositiveSmallIntegerField(_("order"))
    address = models.CharField(_("address"), max_length=LONGEST_ADDRESS)
    alt = models.CharField(_("alternative text"), max_length=LONGEST_ALT)
    credit = models.CharField(_("author"), max_length=LONGEST_CREDIT, blank=True)
    licence = models.ForeignKey(
        Licence, on_delete=models.PROTECT, related_name="+", verbose_name=_("licence")
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.AWAITED)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    due_at = models.DateTimeField(_("next try"), default=timezone.now)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    # Under which name it is stored, kept before it is: what a worker that died left behind is found by it.
    file = models.CharField(_("file"), max_length=100, blank=True)

    objects = AwaitedPictureQuerySet.as_manager()

    class Meta:
        verbose_name = _("picture of an import")
        verbose_name_plural = _("pictures of imports")
        ordering = ["run", "row", "order"]
        indexes = [
            models.Index(
                fields=["due_at"], condition=models.Q(state=State.AWAITED), name="awaited_picture_due"
            )
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=State.values), name="awaited_picture_state")
        ]

    def __str__(self) -> str:
        return self.address[:80]
