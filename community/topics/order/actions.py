"""What keeps order: hiding, pinning, closing, changing, moving, reports; each a function that checks the right."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ...activity.actions import root_anew
from ...activity.kinds import Happening
from ...groups.models import Group
from ...letters.sending import one_line
from ...members.models import Member
from .. import letters
from ..actions import ClosedError, check_right, locked, locked_post
from ..meetings import Meeting
from ..models import Post, PostReport, Topic


@transaction.atomic
def hide(post: Post, *, by: Member | None) -> Post:
    """Readers see that something was there; who runs the group can still read it."""
    stored = locked_post(post)
    check_right(by, "hide_post", stored)
    if stored.hidden_at is None:
        stored.hidden_at, stored.hidden_by = timezone.now(), by
        stored.save(update_fields=["hidden_at", "hidden_by"])
    return stored


@transaction.atomic
def show(post: Post, *, by: Member | None) -> Post:
    """For everyone again."""
    stored = locked_post(post)
    check_right(by, "hide_post", stored)
    stored.hidden_at = stored.hidden_by = None
    stored.save(update_fields=["hidden_at", "hidden_by"])
    return stored


def _run(topic: Topic, by: Member | None) -> Topic:
    stored = locked(topic)
    check_right(by, "run_group", stored.group)
    return stored


@transaction.atomic
def pin(topic: Topic, *, by: Member | None) -> Topic:
    """First in the list, whatever is written elsewhere."""
    stored = _run(topic, by)
    stored.pinned_at = stored.pinned_at or timezone.now()
    stored.save(update_fields=["pinned_at"])
    return stored


@transaction.atomic
def unpin(topic: Topic, *, by: Member | None) -> Topic:
    """In the list by its last post again."""
    stored = _run(topic, by)
    stored.pinned_at = None
    stored.save(update_fields=["pinned_at"])
    return stored


@transaction.atomic
def close(topic: Topic, *, by: Member | None) -> Topic:
    """Nothing is added any more."""
    stored = _run(topic, by)
    stored.closed_at = stored.closed_at or timezone.now()
    stored.save(update_fields=["closed_at"])
    return stored


@transaction.atomic
def reopen(topic: Topic, *, by: Member | None) -> Topic:
    """Members write there again."""
    stored = _run(topic, by)
    stored.closed_at = None
    stored.save(update_fields=["closed_at"])
    return stored


@transaction.atomic
def change(topic: Topic, *, by: Member | None, title: str, meeting: Meeting | None = None) -> Topic:
    """Another title, and another date or none; None leaves it. ClosedError, ValidationError."""
    stored = locked(topic)
    check_right(by, "change_topic", stored)
    before = stored.title, stored.meeting
    stored.title = one_line(title)
    if meeting is not None:
        given = meeting.checked()
        stored.starts_at, stored.ends_at, stored.place = given.starts_at, given.ends_at, given.place
    stored.full_clean(exclude=["group", "author"])
    if (stored.title, stored.meeting) != before:
        _note(stored, before[1])
        stored.save(update_fields=["title", "starts_at", "ends_at", "place", "meeting_edits"])
    return stored


def _note(topic: Topic, before: Meeting) -> None:
    """Of another meeting readers see the mark on the first post, and calendars a higher number."""
    if before.starts_at is None and topic.starts_at is None:
        return
    topic.meeting_edits += 1
    first = topic.posts.in_order().values("pk")[:1]
    Post.objects.filter(pk__in=first).update(edited_at=timezone.now())


@transaction.atomic
def move(topic: Topic, *, by: Member | None, to: Group) -> Topic:
    """To another group that one runs too; what was written among members stays among members. ValidationError."""
    stored = _run(topic, by)
    check_right(by, "run_group", to)
    if stored.group.is_private and not to.is_private:
        raise ValidationError(
            {"to": _("What was written in a private group cannot go to one that all read.")}
        )
    stored.group = to
    # What is important there is for those to say who run that group.
    stored.pinned_at = None
    # Calendars keep the address.
    _note(stored, stored.meeting)
    stored.save(update_fields=["group", "pinned_at", "meeting_edits"])
    root_anew(to, kind=Happening.TOPIC, key=str(stored.pk))
    return stored


# ── Reports ─────────────────────────────────────────────────────────────────────────────────────


@transaction.atomic
def report(post: Post, *, by: Member, reason: str) -> PostReport:
    """Tell those who keep order what is wrong; twice is once. ClosedError, ValidationError."""
    stored = locked_post(post)
    check_right(by, "report_post", stored)
    # Who may not read a group has nothing to say of it.
    if not Group.objects.visible_to(by).filter(pk=stored.topic.group_id).exists():
        raise ClosedError(_("This topic is gone."))
    if twice := stored.reports.open().filter(by=by).first():
        return twice
    made = PostReport(post=stored, by=by, reason=reason.strip())
    made.full_clean(exclude=["post", "by"], validate_constraints=False)
    made.save()
    letters.tell_of_report(made)
    return made


@transaction.atomic
def close_report(report: PostReport, *, by: Member) -> PostReport:
    """It was looked at. ClosedError where somebody else did."""
    rows = PostReport.objects.select_for_update(of=("self",)).select_related(
        "post__topic__group", "post__author"
    )
    stored = rows.filter(pk=report.pk).first()
    if stored is None or stored.closed_at:
        raise ClosedError(_("Somebody has closed this report already."))
    check_right(by, "close_post_report", stored)
    stored.closed_at, stored.closed_by = timezone.now(), by
    stored.save(update_fields=["closed_at", "closed_by"])
    return stored
