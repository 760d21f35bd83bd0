"""One letter a day at most to moderators and stewards: claims of collectives, and what has waited for long."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Count, F, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from community.letters import boxes, links
from community.letters.enums import Kind
from community.letters.sending import Letter, one_line, send
from community.members.enums import Role
from community.models import CollectiveClaim, Member, MemberReport

from ..collectives import reading
from ..enums import Status
from ..models import Exchange, ExchangeReport, Initiative, Proposal, Report, StatusChange

TASK = "tell_reviewer"
# Whoever waits for an answer waits without a word from now on.
LONG = timedelta(days=2)
# A little less than a day: a letter that was tried again does not move all that follow.
APART = timedelta(hours=20)
# What was told and still waits is told again.
AGAIN = timedelta(days=7)
MOST_NAMED = 20


@dataclass(frozen=True)
class Waiting:
    """What waits for one member: claims, the oldest first, numbers of the rest, and since when the newest of it."""

    claims: list[CollectiveClaim]
    initiatives: int
    proposals: int
    reports: int
    members: int
    exchange: int
    newest: datetime | None

    @property
    def number(self) -> int:
        """Of all things."""
        late = self.initiatives + self.proposals + self.reports + self.members + self.exchange
        return len(self.claims) + late

    def is_due(self, last: datetime | None, now: datetime) -> bool:
        """Whether to tell it, after the last letter: what is new tomorrow, what is not in a week."""
        if not self.number:
            return False
        if last is None:
            return True
        return now >= last + (APART if self.newest > last else AGAIN)


def _late(rows: QuerySet, since: str, now: datetime) -> tuple[int, datetime | None]:
    """How many have waited for long, and when the newest of them began to be late."""
    found = rows.order_by().filter(**{f"{since}__lt": now - LONG}).aggregate(n=Count("pk"), at=Max(since))
    return found["n"], found["at"] and found["at"] + LONG


def waiting(member: Member, now: datetime) -> Waiting:
    """What waits for a moderator within what they are limited to, or for a steward."""
    asked = reading.overseen_claims(member) | reading.known_claims(member)
    claims = list(asked.distinct())
    mine = Initiative.objects.reviewable_by(member)
    steps = StatusChange.objects.filter(initiative=OuterRef("pk"), to_status=Status.PENDING)
    steps = steps.exclude(from_status=F("to_status")).order_by("-at", "-pk")
    pending = mine.filter(status=Status.PENDING)
    pending = pending.annotate(since=Coalesce(Subquery(steps.values("at")[:1]), "created_at"))
    rows = {
        "initiatives": _late(pending, "since", now),
        "proposals": _late(Proposal.objects.open().reviewable_by(member), "made_at", now),
        "reports": _late(Report.objects.open().reviewable_by(member), "made_at", now),
        "members": _late(_said_of_members(member), "made_at", now),
        "exchange": _late(_said_of_exchanges(member), "made_at", now),
    }
    times = [claim.confirmed_at or claim.made_at for claim in claims]
    times += [at for _number, at in rows.values() if at]
    return Waiting(
        claims, **{name: number for name, (number, _at) in rows.items()}, newest=max(times, default=None)
    )


def _said_of_members(member: Member) -> QuerySet[MemberReport]:
    rows = MemberReport.objects.open().exclude(about=member)
    return rows if member.has_perm("community.moderate_members") else rows.none()


def _said_of_exchanges(member: Member) -> QuerySet[ExchangeReport]:
    rows = ExchangeReport.objects.open()
    if not member.has_perm("initiatives.keep_exchanges_in_order"):
        return rows.none()
    return rows.exclude(exchange__in=Exchange.objects.run_by(member).values("pk"))


def _on_duty() -> QuerySet[Member]:
    """Moderators and stewards; who may do all is not asked by that alone."""
    duty = Q(roles__contains=[Role.MODERATOR]) | Q(stewarded_networks__isnull=False)
    return Member.objects.filter(duty, is_active=True).order_by("pk").distinct()


def have_told() -> int:
    """Have all moderators and stewards told, each by a task of their own; their number."""
    keys = list(_on_duty().values_list("pk", flat=True))
    for pk in keys:
        try:
            with transaction.atomic():
                app.configure_task(TASK, queueing_lock=f"{TASK}-{pk}").defer(member=pk)
        except AlreadyEnqueued:
            # The mail server is away: one that waits already is tried again.
            pass
    return len(keys)


@transaction.atomic
def tell(pk: int, now: datetime | None = None) -> bool:
    """Send what waits for one member, where there is something to say; whether it was sent."""
    now = now or timezone.now()
    member = _on_duty().filter(pk=pk).first()
    if member is None or boxes.silent_among([member.email], Kind.DESK):
        return False
    box = boxes.locked(boxes.of(member.email).pk)
    found = waiting(member, now)
    if box is None or not found.is_due(box.desk_told_at, now):
        return False
    box.desk_told_at = now
    box.save(update_fields=["desk_told_at"])
    way_out = links.address_of(box.fingerprint, member.language, Kind.DESK)
    # Before the commit: what could not be sent is not told, and is tried again.
    send(member.email, member.language, lambda: _written(found, way_out))
    return True


def _written(found: Waiting, way_out: str) -> Letter:
    named = [
        {
            "name": one_line(claim.collective.name),
            "member": one_line(str(claim.member)),
            "is_founding": claim.is_founding,
            "link": _address("collective_claim_decide", claim.collective.slug, claim.pk),
        }
        for claim in found.claims[:MOST_NAMED]
    ]
    late = [
        (
            ngettext("%(n)s initiative", "%(n)s initiatives", found.initiatives),
            found.initiatives,
            "moderation",
        ),
        (
            ngettext("%(n)s suggestion", "%(n)s suggestions", found.proposals),
            found.proposals,
            "moderation_proposals",
        ),
        (ngettext("%(n)s report", "%(n)s reports", found.reports), found.reports, "moderation_reports"),
        (
            ngettext("%(n)s report on a member", "%(n)s reports on members", found.members),
            found.members,
            "moderation_members",
        ),
        (
            ngettext("%(n)s report on an offer or need", "%(n)s reports on offers and needs", found.exchange),
            found.exchange,
            "moderation_exchange",
        ),
    ]
    shown = {
        "claims": named,
        "more": len(found.claims) - len(named),
        "days": LONG.days,
        "late": [(words % {"n": number}, _address(page)) for words, number, page in late if number],
    }
    return Letter(
        _("Waiting for you: %(number)s") % {"number": found.number},
        "initiatives/mail/desk.txt",
        shown,
        way_out,
    )


def _address(page: str, *args) -> str:
    return settings.SITE_URL + reverse(page, args=args)
