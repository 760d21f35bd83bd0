"""Report: a reader says that a published initiative has ended, moved, is wrong, there twice, or abuse."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..enums import ReportKind, ReportState
from ..querysets import ReportQuerySet
from .initiative import Initiative


class Report(models.Model):
    """What a reader says, where the answer goes, and what a moderator made of it."""

    initiative = models.ForeignKey(
        Initiative, on_delete=models.CASCADE, related_name="reports", verbose_name=_("initiative")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=ReportKind)
    message = models.TextField(_("message"), max_length=2_000, blank=True)
    other = models.ForeignKey(
        Initiative,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("the other one"),
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("member"),
    )
    email = models.EmailField(_("e-mail for the answer"), max_length=254, blank=True)
    language = models.CharField(_("language of mails"), max_length=2, choices=settings.LANGUAGES)
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    state = models.CharField(_("state"), max_length=10, choices=ReportState, default=ReportState.OPEN)
    answer = models.TextField(_("answer"), max_length=2_000, blank=True)
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("settled by"),
    )
    told_at = models.DateTimeField(_("last told"), null=True, blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering = ["made_at", "pk"]
        indexes = [
            models.Index(fields=["made_at"], condition=Q(state=ReportState.OPEN), name="report_open"),
        ]
        constraints = [
            # The other one may be gone meanwhile.
            models.CheckConstraint(
                condition=Q(other=None) | Q(kind=ReportKind.DUPLICATE), name="report_other_of_duplicate"
            ),
            models.CheckConstraint(
                condition=Q(state=ReportState.OPEN, settled_at=None)
                | Q(state__in=[ReportState.DONE, ReportState.NOTHING], settled_at__isnull=False),
                name="report_settled_has_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.initiative} · {self.pk}"

    @property
    def is_open(self) -> bool:
        """Whether nobody has settled it yet."""
        return self.state == ReportState.OPEN
