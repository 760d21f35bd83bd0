"""Juror: who selects. JuryNote: what one thinks of a nomination. Conflict: why one does not judge it."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .campaign import LONGEST_REASON, Campaign
from .nomination import Nomination

MOST_MARK = 5


class Juror(models.Model):
    """A member of the jury of a campaign."""

    campaign = models.ForeignKey(
        Campaign, on_delete=models.CASCADE, related_name="jurors", verbose_name=_("campaign")
    )
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="juries", verbose_name=_("member")
    )
    since = models.DateTimeField(_("since"), default=timezone.now)

    class Meta:
        verbose_name = _("member of a jury")
        verbose_name_plural = _("members of juries")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["campaign", "member"], name="juror_once")]

    def __str__(self) -> str:
        return f"{self.member} · {self.campaign}"


class JuryNote(models.Model):
    """The mark, from 1 to 5, and the words of one juror on one nomination."""

    juror = models.ForeignKey(Juror, on_delete=models.CASCADE, related_name="notes", verbose_name=_("juror"))
    nomination = models.ForeignKey(
        Nomination, on_delete=models.CASCADE, related_name="notes", verbose_name=_("nomination")
    )
    mark = models.PositiveSmallIntegerField(
        _("mark"), validators=[MinValueValidator(1), MaxValueValidator(MOST_MARK)]
    )
    text = models.TextField(_("note"), max_length=LONGEST_REASON, blank=True)
    at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        verbose_name = _("note of a jury")
        verbose_name_plural = _("notes of juries")
        ordering = ["nomination", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["juror", "nomination"], name="jury_note_once"),
            models.CheckConstraint(condition=Q(mark__gte=1, mark__lte=MOST_MARK), name="jury_note_mark"),
        ]

    def __str__(self) -> str:
        return f"{self.nomination} · {self.mark}"


class Conflict(models.Model):
    """A juror has to do with an initiative, and says what; they do not judge it."""

    juror = models.ForeignKey(
        Juror, on_delete=models.CASCADE, related_name="conflicts", verbose_name=_("juror")
    )
    nomination = models.ForeignKey(
        Nomination, on_delete=models.CASCADE, related_name="conflicts", verbose_name=_("nomination")
    )
    reason = models.TextField(_("reason"), max_length=LONGEST_REASON)
    at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        verbose_name = _("conflict of interest")
        verbose_name_plural = _("conflicts of interest")
        ordering = ["nomination", "pk"]
        constraints = [models.UniqueConstraint(fields=["juror", "nomination"], name="conflict_once")]

    def __str__(self) -> str:
        return f"{self.nomination} · {self.juror.member}"
