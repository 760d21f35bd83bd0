"""Ballot: one voter in one campaign. Like: one of theirs. LikeLine: the log. LikeFlag: what two people look at.

A ballot row is locked while its likes change, so caps hold whoever presses twice at once. The log only grows; the
worker writes and seals it, batch by batch, so that no like waits for another one.
"""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..enums import Act, FlagKind, FlagState
from .campaign import LONGEST_REASON, Campaign, CampaignTheme
from .nomination import Nomination

# A line is sealed once; nothing else of it ever changes.
SEALED_ONCE = (
    "NEW.id IS DISTINCT FROM OLD.id OR OLD.seal <> '' OR "
    "(NEW.campaign_id, NEW.voter, NEW.nomination_id, NEW.act, NEW.reason, NEW.at) IS DISTINCT FROM "
    "(OLD.campaign_id, OLD.voter, OLD.nomination_id, OLD.act, OLD.reason, OLD.at)"
)


class Ballot(models.Model):
    """A member, or an address to which a code was mailed; the tally knows it by `voter`, which tells nothing."""

    campaign = models.ForeignKey(
        Campaign, on_delete=models.CASCADE, related_name="ballots", verbose_name=_("campaign")
    )
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="ballots",
        verbose_name=_("member"),
    )
    # Keyed digest of an address without an account.
    address = models.CharField(_("address, as a digest"), max_length=64, blank=True, editable=False)
    voter = models.UUIDField(_("name in the tally"), editable=False)
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    # Keyed digest of the network that it was made from, for the time of the campaign.
    network = models.CharField(_("network, as a digest"), max_length=64, blank=True, editable=False)
    is_disposable = models.BooleanField(_("address of a throw-away service"), default=False)

    class Meta:
        verbose_name = _("ballot")
        verbose_name_plural = _("ballots")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "member"], name="ballot_once"),
            models.UniqueConstraint(
                fields=["campaign", "address"], condition=~Q(address=""), name="ballot_address_once"
            ),
            models.UniqueConstraint(fields=["campaign", "voter"], name="ballot_voter_once"),
        ]
        indexes = [models.Index(fields=["campaign", "network"], name="ballot_network")]

    def __str__(self) -> str:
        return str(self.voter)


class Like(models.Model):
    """A ballot likes a nomination; taken back, there is no row. One declared void keeps its reason."""

    ballot = models.ForeignKey(
        Ballot, on_delete=models.CASCADE, related_name="likes", verbose_name=_("ballot")
    )
    nomination = models.ForeignKey(
        Nomination, on_delete=models.CASCADE, related_name="likes", verbose_name=_("nomination")
    )
    # That of the nomination, for the cap within a theme.
    theme = models.ForeignKey(
        CampaignTheme, on_delete=models.CASCADE, related_name="+", verbose_name=_("theme")
    )
    at = models.DateTimeField(_("at"), default=timezone.now)
    # Whether its line is written: the worker does that, so that a like costs one row.
    is_logged = models.BooleanField(_("in the log"), default=False, db_default=False, editable=False)
    voided_at = models.DateTimeField(_("declared void"), null=True, blank=True)
    void_reason = models.TextField(_("reason"), max_length=LONGEST_REASON, blank=True)

    class Meta:
        verbose_name = _("like")
        verbose_name_plural = _("likes")
        ordering = ["pk"]
        indexes = [models.Index(fields=["id"], condition=Q(is_logged=False), name="like_unlogged")]
        constraints = [
            models.UniqueConstraint(fields=["ballot", "nomination"], name="like_once"),
            models.CheckConstraint(
                condition=Q(voided_at=None, void_reason="") | (~Q(voided_at=None) & ~Q(void_reason="")),
                name="like_void_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ballot_id} · {self.nomination_id}"


class LikeLine(models.Model):
    """One line of the log of a campaign: who, by the name in the tally, liked what, or took it back."""

    # Neither has an index, as nothing asks for one, nor a foreign key in the database: each like would lock those rows
    # once more. The statement that writes a line has just read both, and Django deletes neither before its lines,
    # which stay.
    campaign = models.ForeignKey(
        Campaign,
        on_delete=models.CASCADE,
        db_index=False,
        db_constraint=False,
        related_name="lines",
        verbose_name=_("campaign"),
    )
    voter = models.UUIDField(_("name in the tally"))
    nomination = models.ForeignKey(
        Nomination,
        on_delete=models.CASCADE,
        db_index=False,
        db_constraint=False,
        related_name="+",
        verbose_name=_("nomination"),
    )
    act = models.CharField(_("act"), max_length=6, choices=Act)
    reason = models.TextField(_("reason"), blank=True)
    at = models.DateTimeField(_("at"), default=timezone.now)
    # Place in the sealed order, and the SHA-256 that seals it and all before it; both by the worker.
    number = models.PositiveIntegerField(_("number"), null=True, editable=False)
    seal = models.CharField(_("seal"), max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = _("line of the log of likes")
        verbose_name_plural = _("log of likes")
        ordering = ["campaign", "number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "number"], condition=~Q(number=None), name="like_line_number_once"
            ),
            models.CheckConstraint(
                condition=Q(number=None, seal="") | (~Q(number=None) & ~Q(seal="")),
                name="like_line_sealed_whole",
            ),
        ]
        indexes = [models.Index(fields=["campaign", "id"], condition=Q(seal=""), name="like_line_unsealed")]
        triggers = [
            pgtrigger.Protect(
                name="like_line_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(SEALED_ONCE),
            ),
            pgtrigger.Protect(name="like_line_is_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.number or '–'} · {self.act}"


class LikeFlag(models.Model):
    """Ballots that look alike in a way that people should see; two of them decide."""

    campaign = models.ForeignKey(
        Campaign, on_delete=models.CASCADE, related_name="flags", verbose_name=_("campaign")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=FlagKind)
    # What makes it one: a digest, a domain, or a nomination and a minute.
    key = models.CharField(_("key"), max_length=120)
    ballots = models.ManyToManyField(Ballot, related_name="flags", verbose_name=_("ballots"))
    state = models.CharField(_("state"), max_length=6, choices=FlagState, default=FlagState.OPEN)
    raised_at = models.DateTimeField(_("raised"), default=timezone.now)
    # What the first of the two said, until the second agrees.
    first_says = models.CharField(_("first word"), max_length=6, choices=FlagState, blank=True)
    first_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("first"),
    )
    second_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("second"),
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    reason = models.TextField(_("reason"), max_length=LONGEST_REASON, blank=True)

    class Meta:
        verbose_name = _("flag on likes")
        verbose_name_plural = _("flags on likes")
        ordering = ["raised_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "kind", "key"], name="like_flag_once"),
            models.CheckConstraint(condition=~Q(first_by=models.F("second_by")), name="like_flag_by_two"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.key}"
