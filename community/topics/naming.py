"""Members of a group whom posts name: proposed while somebody types, and as links to their pages."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from ..groups.models import Group
from ..members.models import Member
from . import names
from .models import Mention, Post

MOST_PROPOSED = 8


def proposed(group: Group, beginning: str, reader: Member) -> list[str]:
    """Names of others in the group that somebody may mean who types `@` and this; all of them for nothing typed."""
    rows = names.people(group).exclude(pk=reader.pk)
    if words := beginning.strip():
        if len(words) > names.LONGEST:
            return []
        rows = rows.with_words(words, ())
    found = rows.order_by("public_name").values_list("public_name", flat=True)
    return list(found.distinct()[:MOST_PROPOSED])


@dataclass(frozen=True)
class Named:
    """Whom a post names, by name in small letters, as far as the reader may see their pages."""

    members: Mapping[str, Member] = field(default_factory=dict)

    def links_in(self, text: str) -> Iterator[tuple[int, int, str, str]]:
        """From where to where a text names somebody, how it is shown, and where it leads; for `markdown`."""
        for spot in names.spots(text, self.members):
            member = self.members[spot.name]
            yield spot.start, spot.end, f"@{member.public_name}", member.get_absolute_url()


def by_post(posts: Iterable[Post], group: Group, reader) -> dict[int, Named]:
    """Whom each of some posts names, by one query; only those who are still in the group.

    Of two people of one name no link could say which.
    """
    keys = [post.pk for post in posts if "@" in post.text]
    if not keys:
        return {}
    rows = Mention.objects.filter(post__in=keys, member__in=names.people(group)).select_related("member")
    found: dict[int, dict[str, list[Member]]] = {}
    for row in rows:
        if names.is_shown(row.member, reader):
            same = found.setdefault(row.post_id, {}).setdefault(row.member.public_name.lower(), [])
            same.append(row.member)
    return {
        post: Named({name: members[0] for name, members in by_name.items() if len(members) == 1})
        for post, by_name in found.items()
    }
