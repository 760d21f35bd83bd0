"""What the kept initiative becomes: value by value one of both, and the rows that belong to them united."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from ..actions import PEOPLE
from ..content import FIELDS
from ..history import comparing, describing, reading
from ..history.comparing import Difference
from ..models import Initiative, Network, Photo

KEPT, MERGED = "kept", "merged"
PLACE = ("position", "precision", "has_no_position")
ADDRESS = ("street", "postcode", "locality", "country")
DESCRIPTION = ("description", "description_language")
SINGLE = [name for name in FIELDS if name not in (*PLACE, *DESCRIPTION, "confirmed_at")]
CHOICES: dict[str, tuple[str, ...]] = {
    **{name: (name,) for name in SINGLE},
    "position": PLACE,
    "description": DESCRIPTION,
}
# What both have of these is kept; of contacts the chosen one's where both have one of a kind.
UNITED = ("themes", "networks", "groups", "photos")
TEXTS = ("name", "summary", "description")


def offered(kept: Initiative, merged: Initiative) -> dict[str, tuple[str, ...]]:
    """What is chosen by itself, and the columns that go with it.

    Where both show their place less or more finely than each other, the address goes with the place: beside the other
    one's precision it would tell more than its people wish.
    """
    if kept.precision == merged.precision:
        return CHOICES
    alone = {name: columns for name, columns in CHOICES.items() if name not in ADDRESS}
    return {**alone, "position": (*PLACE, *ADDRESS)}


def is_empty(value: Any) -> bool:
    """Whether nothing is said."""
    return value in (None, "", [], ())


def default(kept: Initiative, merged: Initiative, name: str) -> str:
    """Whose value survives where nobody chose: the kept one's, unless it has none."""
    if name == "position":
        return KEPT
    return MERGED if is_empty(getattr(kept, name)) and not is_empty(getattr(merged, name)) else KEPT


def values(kept: Initiative, merged: Initiative, picks: Mapping[str, str]) -> dict[str, Any]:
    """What actions.revise() changes of the kept one; `picks` names the choices made on the page."""
    found = {}
    for name, columns in offered(kept, merged).items():
        if picks.get(name, default(kept, merged, name)) == MERGED:
            found |= {column: getattr(merged, column) for column in columns}
    found |= _parent(kept, merged, found)
    found = {name: value for name, value in found.items() if value != getattr(kept, name)}
    return found | _parts(kept, merged, picks)


def _parent(kept: Initiative, merged: Initiative, chosen: Mapping[str, Any]) -> dict[str, Initiative | None]:
    """Neither is a site of itself, nor of the one that is no longer shown."""
    parent = chosen.get("parent", kept.parent)
    if parent == merged:
        parent = merged.parent
    return {"parent": None if parent == kept else parent}


def _parts(kept: Initiative, merged: Initiative, picks: Mapping[str, str]) -> dict[str, Any]:
    parts: dict[str, Any] = {}
    themes = {theme.pk: theme for row in (kept, merged) for theme in row.themes.all()}
    if len(themes) > kept.theme_links.count():
        parts["themes"] = list(themes.values())
    networks = Network.objects.filter(memberships__initiative__in=(kept, merged), memberships__until=None)
    if (both := set(networks)) != set(networks.filter(memberships__initiative=kept)):
        parts["networks"] = list(both)
    mine, other = (
        {row.kind: (row.value, row.visibility) for row in one.contacts.all()} for one in (kept, merged)
    )
    contacts = {**mine, **other} if picks.get("contacts") == MERGED else {**other, **mine}
    if contacts != mine:
        parts["contacts"] = contacts
    if (texts := _translations(kept, merged, picks)) is not None:
        parts["translations"] = texts
    storage = Photo._meta.get_field("image").storage
    photos = list(kept.photos.all())
    present = {photo.image.name for photo in photos}
    new = [one for one in merged.photos.all() if one.image.name not in present]
    if new := [one for one in new if storage.exists(one.image.name)]:
        said = ("alt", "credit", "licence")
        parts["photos"] = [
            {"image": one.image.name, **{name: getattr(one, name) for name in said}} for one in photos + new
        ]
    return parts


def _translations(
    kept: Initiative, merged: Initiative, picks: Mapping[str, str]
) -> list[dict[str, str]] | None:
    """Every language of both, text by text; None where that changes nothing."""
    mine, other = (
        {row.language: {name: getattr(row, name) for name in TEXTS} for row in one.translations.all()}
        for one in (kept, merged)
    )
    none = dict.fromkeys(TEXTS, "")
    found = {}
    for language in sorted({*mine, *other}):
        ours, theirs = mine.get(language, none), other.get(language, none)
        found[language] = {
            name: theirs[name]
            if picks.get(f"{name}:{language}", KEPT if ours[name] else MERGED) == MERGED
            else ours[name]
            for name in TEXTS
        }
    if found == mine:
        return None
    return [{"language": language, **texts} for language, texts in found.items()]


def sources(kept: Initiative, merged: Initiative, changed: Mapping[str, Any]) -> dict[str, Any]:
    """Where each value of the kept one comes from afterwards: the records of the other came with it."""
    found = dict(kept.field_sources)
    for name in changed:
        found[name] = merged.field_sources.get(name, PEOPLE) if name in FIELDS else PEOPLE
    if "primary_theme" in changed:
        found["themes"] = PEOPLE
    return found


@dataclass(frozen=True)
class Choice:
    """Something that differs and may be chosen, or of which both are kept; `picked` is whose survives."""

    name: str
    differences: list[Difference]
    picked: str
    is_united: bool

    @property
    def label(self) -> str:
        """What it is called."""
        return _("Place") if self.name == "position" else self.differences[0].label

    @property
    def lines(self) -> Iterator[tuple[str, list[tuple[str, str, str]]]]:
        """For either side: (whose, (label, value, language) of each)."""
        for side, attribute in ((KEPT, "before"), (MERGED, "after")):
            told = [(one.label, getattr(one, attribute)) for one in self.differences]
            yield side, [(label, _line(one), one.language if one else "") for label, one in told]


def _line(told: describing.Told | None) -> str:
    if told is None:
        return ""
    return ", ".join(told.value) if told.kind == "list" else str(told.value)


def choices(kept: Initiative, merged: Initiative, picks: Mapping[str, str]) -> list[Choice]:
    """What differs between both, as a reviewer reads it, and what would become of it."""
    ours = replace(reading.versions(kept)[0], number=1)
    theirs = replace(reading.versions(merged)[0], number=2)
    seen = describing.described([ours, theirs], [ours, theirs], everything=True)
    groups = offered(kept, merged)
    gathered: dict[str, list[Difference]] = {}
    for one in comparing.differences(seen[1], seen[2]):
        if one.name not in ("status", "slug", "confirmed_at"):
            gathered.setdefault(_choice_of(one.name, groups), []).append(one)
    return [
        Choice(name, found, _picked(kept, merged, name, found, picks), name in UNITED)
        for name, found in gathered.items()
    ]


def _choice_of(name: str, groups: Mapping[str, tuple[str, ...]]) -> str:
    return next((group for group, columns in groups.items() if name in columns), name)


def _picked(
    kept: Initiative, merged: Initiative, name: str, found: list[Difference], picks: Mapping[str, str]
) -> str:
    if name in picks:
        return picks[name]
    if name in CHOICES:
        return default(kept, merged, name)
    return KEPT if found[0].before else MERGED
