"""By what name a reader knows who wrote something, and whom a text names."""

from collections.abc import Container, Iterator
from typing import NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from ..groups.models import Group
from ..members import rules
from ..members.enums import Visibility
from ..members.models import Member

# A text that names more people names nobody in particular.
MOST_NAMED = 20
MOST_SIGNS = 200
LONGEST = Member._meta.get_field("public_name").max_length


def is_shown(author: Member | None, reader) -> bool:
    """Whether the reader may know the name of an author."""
    if author is None or not author.public_name:
        return False
    return author.public_name_seen_by in rules.levels(reader, author)


def name_of(author: Member | None, reader) -> str:
    """A name, or what stands for one."""
    if author is None or author.erased_at:
        return _("former member")
    return author.public_name if is_shown(author, reader) else _("A member")


def shown_to_all(author: Member | None) -> str:
    """A name for what everyone may read, whoever asks for it."""
    return name_of(author, AnonymousUser())


def initials(name: str) -> str:
    """Two letters at most, for the round mark beside a name."""
    words = [word for word in name.split() if word[0].isalnum()]
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


def people(group: Group) -> QuerySet[Member]:
    """Members of a group who show their name to members at least."""
    shown = Member.objects.filter(group_memberships__group=group, is_active=True).exclude(public_name="")
    return shown.filter(public_name_seen_by__in=[Visibility.EVERYONE, Visibility.MEMBERS])


class Spot(NamedTuple):
    """Where a text says `@Name` or `@[Name]`; the name is in small letters."""

    start: int
    end: int
    name: str


def spots(text: str, known: Container[str]) -> Iterator[Spot]:
    """Each known name that a text says; the longest counts, capitals do not."""
    signs = [place for place, sign in enumerate(text) if sign == "@"][:MOST_SIGNS]
    for place in signs:
        # The second half of an e-mail address is no name.
        if place == 0 or not text[place - 1].isalnum():
            found = _name_at(text, place + 1, known)
            if found:
                yield Spot(place, *found)


def named_in(text: str, group: Group) -> list[Member]:
    """Members of the group that a text names."""
    if "@" not in text:
        return []
    by_name: dict[str, list[Member]] = {}
    for member in people(group).order_by("pk").only("public_name"):
        by_name.setdefault(member.public_name.lower(), []).append(member)
    found = {member.pk: member for spot in spots(text, by_name) for member in by_name[spot.name]}
    return list(found.values())[:MOST_NAMED]


def _name_at(text: str, start: int, known: Container[str]) -> tuple[int, str] | None:
    if text.startswith("[", start):
        inside, closed, _rest = text[start + 1 : start + LONGEST + 2].partition("]")
        name = inside.strip().lower()
        return (start + 1 + len(inside) + len(closed), name) if name in known else None
    for end in range(min(len(text), start + LONGEST), start, -1):
        is_whole = end == len(text) or not text[end].isalnum()
        if is_whole and (name := text[start:end].lower()) in known:
            return end, name
    return None
