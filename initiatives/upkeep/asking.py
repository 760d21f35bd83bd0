"""The yearly question whether all is still right: who is asked, when, in one mail for each person."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from community.letters import boxes
from community.letters import links as ways_out
from community.letters.sending import Letter, one_line
from community.letters.sending import send as post
from community.members.enums import CollectiveRole
from community.models import CollectiveMembership

from ..enums import DEMO_TAG, Status
from ..models import Initiative, Submission, UpkeepRequest
from . import ageing, links, turns

TASK = "send_upkeep"
# An initiative is not asked about again before this, answered or not.
AGAIN = timedelta(days=90)
# And nobody gets a second such mail before this, however many initiatives are left.
REST = timedelta(days=7)
MOST_IN_MAIL = 50


def _recent(now: datetime, span: timedelta) -> QuerySet[UpkeepRequest]:
    return UpkeepRequest.objects.filter(asked_at__gt=now - span)


def due(now: datetime) -> QuerySet[Initiative]:
    """Published initiatives that their people may be asked about."""
    asked = _recent(now, AGAIN).filter(initiative=OuterRef("pk"))
    old = Initiative.objects.published().unconfirmed_since(ageing.threshold())
    return old.filter(~Exists(asked)).exclude(tags__contains=[DEMO_TAG])


def _answering() -> QuerySet[Submission]:
    """Of people who may be asked."""
    return Submission.objects.answerable().filter(letterbox__silent_since=None)


def _of_submitters(now: datetime, most: int) -> list[UpkeepRequest]:
    """Questions to the confirmed addresses of submissions."""
    submissions = _answering().annotate(address=Lower("email"))
    lately = _recent(now, REST).exclude(submission=None).values(address=Lower("submission__email"))
    rows = submissions.exclude(address__in=lately)
    found, each = [], defaultdict(int)
    for row in rows.filter(initiative__in=due(now)).order_by("address", "pk")[:most]:
        each[row.address] += 1
        if each[row.address] <= MOST_IN_MAIL:
            found.append(UpkeepRequest(initiative_id=row.initiative_id, submission=row, asked_at=now))
    return found


def _of_facilitators(now: datetime, most: int) -> list[UpkeepRequest]:
    """Questions to everyone who facilitates the collective of an initiative that has no such address."""
    running = CollectiveMembership.objects.current().filter(
        role=CollectiveRole.FACILITATOR, member__is_active=True
    )
    people = dict(running.values_list("member", "member__email"))
    silent = boxes.silent_among(people.values())
    running = running.exclude(member__in=[pk for pk, address in people.items() if address in silent])
    lately = running.filter(member__in=_recent(now, REST).exclude(member=None).values("member"))
    answering = _answering().filter(initiative=OuterRef("pk"))
    rows = due(now).filter(~Exists(answering), collective__in=running.values("collective"))
    rows = rows.exclude(collective__in=lately.values("collective")).order_by("collective", "pk")
    initiatives = list(rows.values_list("pk", "collective")[:most])
    people = defaultdict(list)
    for one in running.filter(collective__in={collective for _pk, collective in initiatives}):
        people[one.collective_id].append(one.member_id)
    found, each = [], defaultdict(int)
    for pk, collective in initiatives:
        for member in people[collective]:
            each[member] += 1
            if each[member] <= MOST_IN_MAIL:
                found.append(UpkeepRequest(initiative_id=pk, member_id=member, asked_at=now))
    return found


@transaction.atomic
def ask() -> int:
    """Remember that people are asked about a batch of initiatives, and have it sent; the number of mails.

    In one transaction: the tasks are there if and only if the questions are.
    """
    if not turns.is_ours(turns.ASKING):
        return 0
    now, most = timezone.now(), settings.CONFIRM_BATCH
    asked = _of_submitters(now, most)
    asked += _of_facilitators(now, most - len(asked))
    mails = defaultdict(list)
    for one in UpkeepRequest.objects.bulk_create(asked):
        mails[one.member_id or one.submission.address].append(one.pk)
    if mails:
        app.configure_task(TASK).batch_defer(*({"requests": pks} for pks in mails.values()))
    return len(mails)


def send(pks: Iterable[int]) -> int:
    """Send one mail about these questions, all to one person; the number told. What was sent is not sent again."""
    with transaction.atomic():
        found = UpkeepRequest.objects.select_for_update(of=("self",)).order_by("pk")
        found = found.select_related("initiative__site_check", "submission", "member")
        asked = list(found.filter(pk__in=pks, sent_at=None, initiative__status=Status.PUBLISHED))
        if asked:
            UpkeepRequest.objects.filter(pk__in=[one.pk for one in asked]).update(sent_at=timezone.now())
            # Before the commit: what could not be sent is tried again.
            _send(asked)
    return len(asked)


def _line(asked: UpkeepRequest) -> dict:
    """What the mail says of one initiative; a name may hold anything, line breaks too."""
    initiative = asked.initiative
    check = getattr(initiative, "site_check", None)
    silent = check is not None and check.is_silent and check.website == initiative.website
    return {
        "name": one_line(initiative.name),
        "link": links.address_of(asked),
        "silent_since": check.failing_since if silent else None,
    }


def _send(asked: list[UpkeepRequest]) -> None:
    first = asked[0]
    to, language = _address(first), links.language_of(first)
    # It may have been emptied, or its owner may have said no, since it was decided to ask.
    if not to or boxes.silent_among([to]):
        return
    way_out = ways_out.address_of(boxes.of(to).fingerprint, language)
    post(to, language, lambda: _written(asked, way_out))


def _address(asked: UpkeepRequest) -> str:
    return asked.submission.email if asked.submission else asked.member.email


def _written(asked: list[UpkeepRequest], way_out: str) -> Letter:
    lines = [_line(one) for one in asked]
    subject = _("Still right? %(name)s") % {"name": lines[0]["name"]}
    if len(lines) > 1:
        subject = _("Still right? %(count)s initiatives") % {"count": len(lines)}
    shown = {"lines": lines, "days": links.ANSWER_WITHIN.days}
    return Letter(subject, "initiatives/mail/still.txt", shown, way_out)
