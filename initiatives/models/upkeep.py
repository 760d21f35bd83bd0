"""Keeping what is published right: what its people were asked and said, and whether its website answers."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..enums import Answer
from .initiative import Initiative
from .submission import Submission
from .tracking import notes_initiatives

# A website that fails so often, over so long, is more than out of order.
FAILURES = 3
SILENCE = timedelta(days=14)


class UpkeepRequest(models.Model):
    """Somebody who answers for an initiative was asked whether it is still right."""

    initiative = models.ForeignKey(
        Initiative, on_delete=models.CASCADE, related_name="upkeep_requests", verbose_name=_("initiative")
    )
    submission = models.ForeignKey(
        Submission,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("submission"),
    )
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("member"),
    )
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    sent_at = models.DateTimeField(_("mail sent"), null=True, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answer = models.CharField(_("answer"), max_length=10, choices=Answer, blank=True)
    note = models.TextField(_("what has changed"), max_length=2_000, blank=True)

    class Meta:
        verbose_name = _("question whether it is still right")
        verbose_name_plural = _("questions whether it is still right")
        ordering = ["-asked_at", "-pk"]
        indexes = [
            models.Index(
                fields=["answered_at"], condition=Q(answer=Answer.CHANGED), name="upkeep_changes_told"
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(submission__isnull=False, member=None) | Q(submission=None, member__isnull=False),
                name="upkeep_request_to_one",
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None, answer="")
                | Q(answered_at__isnull=False, answer__in=Answer.values),
                name="upkeep_request_answer_known",
            ),
        ]

    def __str__(self) -> str:
        return str(self.initiative)


class SiteCheck(models.Model):
    """Whether the website of an initiative answers, and since when it does not."""

    initiative = models.OneToOneField(
        Initiative, on_delete=models.CASCADE, related_name="site_check", verbose_name=_("initiative")
    )
    website = models.URLField(_("website"), max_length=400)
    checked_at = models.DateTimeField(_("last looked at"), db_index=True)
    status = models.PositiveSmallIntegerField(_("answer of the website"), default=0)
    failures = models.PositiveSmallIntegerField(_("failures in a row"), default=0)
    failing_since = models.DateTimeField(_("has not answered since"), null=True, blank=True)

    class Meta:
        verbose_name = _("look at a website")
        verbose_name_plural = _("looks at websites")

    def __str__(self) -> str:
        return str(self.initiative)

    @property
    def is_silent(self) -> bool:
        """Whether it failed often enough, for long enough, to be told."""
        return (
            self.failing_since is not None
            and self.failures >= FAILURES
            and self.checked_at - self.failing_since >= SILENCE
        )


class Aged(models.Model):
    """An initiative that nobody has confirmed for so long that the map draws it fainter.

    A row of its own: time alone changes neither an initiative nor its history, and the worker moves the version of the
    map only for those that it adds or takes away.
    """

    initiative = models.OneToOneField(
        Initiative,
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="aged",
        verbose_name=_("initiative"),
    )
    since = models.DateTimeField(_("not confirmed since"))

    class Meta:
        verbose_name = _("initiative not confirmed for long")
        verbose_name_plural = _("initiatives not confirmed for long")
        triggers = notes_initiatives()

    def __str__(self) -> str:
        return str(self.initiative)
