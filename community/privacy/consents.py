"""What a member agrees to, step by step: noted in the transaction that changes it, read on the page of their data."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from ..members.enums import Visibility
from ..members.models import CONSENTS, Member
from .models import ConsentChange

YES, NO = "yes", "no"
SEEN_BY = "_seen_by"


class Step(NamedTuple):
    """One change, in words."""

    at: Any
    what: str
    before: str
    after: str


def of(member: Member) -> dict[str, Any]:
    """What a member agrees to at this moment."""
    return {name: getattr(member, name) for name in CONSENTS}


def note(member: Member, before: Mapping[str, Any]) -> None:
    """Keep what is another now than it was `before`; within the transaction of the change."""
    after = of(member)
    ConsentChange.objects.bulk_create(
        ConsentChange(member=member, what=name, before=_kept(before[name]), after=_kept(after[name]))
        for name in CONSENTS
        if before[name] != after[name]
    )


def _kept(value: bool | str) -> str:
    if isinstance(value, bool):
        return YES if value else NO
    return str(value)


def steps(member: Member, most: int) -> list[Step]:
    """The newest ones, in words."""
    rows = member.consent_changes.all()[:most]
    return [Step(row.at, _label(row.what), _worded(row.before), _worded(row.after)) for row in rows]


def _label(what: str) -> str:
    names = {
        "is_listed": _("In the directory of members"),
        "accepts_messages": _("Other members may write to me"),
        "ledger_seen_by": _("Contributions"),
    }
    if what in names:
        return names[what]
    name = what.removesuffix(SEEN_BY)
    known = {field.name for field in Member._meta.concrete_fields}
    return str(Member._meta.get_field(name).verbose_name) if name in known else name


def _worded(value: str) -> str:
    words = {YES: _("yes"), NO: _("no"), Visibility.NOBODY.value: _("Only me")}
    return words.get(value) or str(Visibility(value).label)


def given(member: Member) -> dict[str, Any]:
    """All of them, for who takes their data away."""
    return {"consents": list(member.consent_changes.values("what", "before", "after", "at"))}


def forget(member: Member) -> None:
    """They prove something of a person alone: with the account they go, which is why they are given up first."""
    keys = list(member.consent_changes.values_list("pk", flat=True))
    member.consent_changes.update(member=None)
    ConsentChange.objects.filter(pk__in=keys).delete()
