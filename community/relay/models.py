"""RelayedMessage: that somebody wrote to somebody; Block and MemberReport: what members do against bother."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .querysets import MemberReportQuerySet, RelayedMessageQuerySet

LONGEST_TEXT = 4_000
LONGEST_REASON = 2_000
# As long as a reply may come, and a report may ask who wrote to whom.
KEPT_FOR = timedelta(days=90)
# What a mail server did not take for so long is given up.
GIVEN_UP_AFTER = timedelta(days=3)


class RelayedMessage(models.Model):
    """Who wrote to whom, and when; the text is there until it is sent, and no longer."""

    sender = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="written", verbose_name=_("sender")
    )
    receiver = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="received",
        verbose_name=_("receiver"),
    )
    at = models.DateTimeField(_("at"), default=timezone.now)
    text = models.TextField(_("text"), blank=True, editable=False)
    shares_address = models.BooleanField(_("shares their address"), default=False)
    is_reply = models.BooleanField(_("answers another"), default=False)
    # None until the worker took it up, whatever came of it.
    done_at = models.DateTimeField(_("done"), null=True)

    objects = RelayedMessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message between members")
        verbose_name_plural = _("messages between members")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["sender", "receiver", "at"], name="message_pair")]
        constraints = [
            models.CheckConstraint(
                condition=Q(done_at=None) | Q(text=""), name="message_text_goes_when_sent"
            ),
            models.CheckConstraint(condition=~Q(sender=F("receiver")), name="message_between_two"),
        ]

    def __str__(self) -> str:
        return f"{self.sender} → {self.receiver}"


class Block(models.Model):
    """A member wants to hear nothing of another, who is not told."""

    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="blocks", verbose_name=_("member")
    )
    blocked = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("blocked")
    )
    at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        verbose_name = _("block")
        verbose_name_plural = _("blocks")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["by", "blocked"], name="block_once"),
            models.CheckConstraint(condition=~Q(by=F("blocked")), name="block_of_another"),
        ]

    def __str__(self) -> str:
        return f"{self.by} · {self.blocked}"


class MemberReport(models.Model):
    """What a member tells the moderators of another, until one of them closes it with a note."""

    about = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("about")
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
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

    objects = MemberReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report on a member")
        verbose_name_plural = _("reports on members")
        ordering = ["made_at", "pk"]
        indexes = [models.Index(fields=["made_at"], condition=Q(closed_at=None), name="member_report_open")]

    def __str__(self) -> str:
        return f"{self.about} · {self.pk}"
