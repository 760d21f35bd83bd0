"""Conversation: what somebody and the people of an offer or need write to each other. What is said of an exchange."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..querysets_exchange import ConversationQuerySet, ExchangeReportQuerySet
from .exchange import Exchange

LONGEST_MESSAGE = 4_000
LONGEST_REASON = 2_000


class Conversation(models.Model):
    """Somebody answers an offer or a need; its people and they read it, nobody else."""

    exchange = models.ForeignKey(
        Exchange, on_delete=models.CASCADE, related_name="conversations", verbose_name=_("offer or need")
    )
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="conversations",
        verbose_name=_("who answers"),
    )
    begun_at = models.DateTimeField(_("begun"), default=timezone.now)
    written_at = models.DateTimeField(_("last message"), default=timezone.now)
    # "Settled, thanks to …": what came of it.
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)

    objects = ConversationQuerySet.as_manager()

    class Meta:
        verbose_name = _("conversation on an offer or need")
        verbose_name_plural = _("conversations on offers and needs")
        ordering = ["-written_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["exchange", "member"], name="conversation_once"),
            models.UniqueConstraint(
                fields=["exchange"], condition=~Q(settled_at=None), name="exchange_settled_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.exchange} · {self.pk}"


class ConversationMessage(models.Model):
    """One message; `from_people` says on which side its author stood."""

    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="messages", verbose_name=_("conversation")
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    from_people = models.BooleanField(_("from the people of the offer or need"), default=False)
    text = models.TextField(_("text"), max_length=LONGEST_MESSAGE)
    at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        verbose_name = _("message on an offer or need")
        verbose_name_plural = _("messages on offers and needs")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.conversation} · {self.at:%Y-%m-%d}"


class ExchangeMatch(models.Model):
    """What its people were told of, or put aside, of what fits an offer or need."""

    exchange = models.ForeignKey(
        Exchange, on_delete=models.CASCADE, related_name="matches", verbose_name=_("offer or need")
    )
    other = models.ForeignKey(Exchange, on_delete=models.CASCADE, related_name="+", verbose_name=_("match"))
    told_at = models.DateTimeField(_("told"), null=True, blank=True)
    dismissed_at = models.DateTimeField(_("put aside"), null=True, blank=True)

    class Meta:
        verbose_name = _("match of an offer or need")
        verbose_name_plural = _("matches of offers and needs")
        ordering = ["exchange", "other"]
        constraints = [
            models.UniqueConstraint(fields=["exchange", "other"], name="exchange_match_once"),
            models.CheckConstraint(condition=~Q(exchange=F("other")), name="exchange_match_of_another"),
        ]

    def __str__(self) -> str:
        return f"{self.exchange} · {self.other}"


class ExchangeReport(models.Model):
    """A reader says what is wrong with an offer or need."""

    exchange = models.ForeignKey(
        Exchange, on_delete=models.CASCADE, related_name="reports", verbose_name=_("offer or need")
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="exchange_reports",
        verbose_name=_("by"),
    )
    reason = models.TextField(_("reason"), max_length=LONGEST_REASON)
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("closed by"),
    )
    note = models.TextField(_("note"), max_length=LONGEST_REASON, blank=True)

    objects = ExchangeReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report on an offer or need")
        verbose_name_plural = _("reports on offers and needs")
        ordering = ["made_at", "pk"]
        constraints = [
            # Who presses twice reports once.
            models.UniqueConstraint(
                fields=["exchange", "by"], condition=Q(closed_at=None), name="exchange_report_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.exchange} · {self.made_at:%Y-%m-%d}"
