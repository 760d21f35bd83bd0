"""Ends of links as files tell them, found in a fixed number of queries: who is meant, or why nobody is."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from uuid import UUID

from initiatives.models import Identity, Initiative, Merge, Network, OldSlug
from territories.models import Collective

EXPECTED = "a uuid, a slug, network:SLUG, collective:SLUG or NETWORK:ID of a source record"
# Keys asked for in one query.
AT_ONCE = 10_000


@dataclass(frozen=True)
class End:
    """One thing: network, collective or initiative, and its key."""

    thing: str
    pk: int


def uuid_of(text: str) -> str:
    """A uuid in its plain spelling; empty where the text is none."""
    try:
        return str(UUID(text)) if len(text) in (32, 36) else ""
    except ValueError:
        return ""


@dataclass
class Ends:
    """All that the ends of a file may mean."""

    found: dict[str, set[End]] = field(default_factory=dict)

    def of(self, text: str) -> End | str:
        """The one thing that is meant; else what is wrong with it."""
        found = self.found.get(text, set())
        if len(found) == 1:
            return next(iter(found))
        if not found:
            return f"nothing has this name; expected {EXPECTED}"
        things = ", ".join(sorted(f"{end.thing} {end.pk}" for end in found))
        return f"means more than one thing ({things}); expected the uuid"

    def add(self, texts: Iterable[str], thing: str, pk: int) -> None:
        """That each of the texts means a thing."""
        for text in texts:
            self.found.setdefault(text, set()).add(End(thing, pk))


def find(texts: Collection[str]) -> Ends:
    """Look up each way of telling an end for all texts at once."""
    ends = Ends()
    plain = [text for text in texts if text and ":" not in text]
    pairs: dict[tuple[str, str], list[str]] = {}
    for text in texts:
        first, colon, rest = text.partition(":")
        if colon:
            pairs.setdefault((first.strip(), rest.strip()), []).append(text)
    _find_initiatives(ends, plain)
    _find_records(ends, pairs)
    for thing, model in (("network", Network), ("collective", Collective)):
        for part in _parts(slug for kind, slug in pairs if kind == thing):
            for pk, slug in model.objects.filter(slug__in=part).values_list("pk", "slug"):
                ends.add(pairs[thing, slug], thing, pk)
    _follow_merges(ends)
    return ends


def _find_initiatives(ends: Ends, texts: Collection[str]) -> None:
    """By uuid and by slug; a former slug counts where no initiative has it now."""
    uuids: dict[str, list[str]] = {}
    for text in texts:
        if uuid := uuid_of(text):
            uuids.setdefault(uuid, []).append(text)
    for part in _parts(uuids):
        for pk, uuid in Initiative.objects.filter(uuid__in=part).values_list("pk", "uuid"):
            ends.add(uuids[str(uuid)], "initiative", pk)
    for part in _parts(texts):
        for pk, slug in Initiative.objects.filter(slug__in=part).values_list("pk", "slug"):
            ends.add([slug], "initiative", pk)
    for part in _parts(text for text in texts if text not in ends.found):
        for pk, slug in OldSlug.objects.filter(slug__in=part).values_list("initiative", "slug"):
            ends.add([slug], "initiative", pk)


def _find_records(ends: Ends, pairs: dict[tuple[str, str], list[str]]) -> None:
    for part in _parts(pairs):
        networks, keys = {pair[0] for pair in part}, {pair[1] for pair in part}
        rows = Identity.objects.filter(network__slug__in=networks, external_id__in=keys)
        for network, key, pk in rows.values_list("network__slug", "external_id", "initiative"):
            ends.add(pairs.get((network, key), []), "initiative", pk)


def _follow_merges(ends: Ends) -> None:
    """What was merged into another one is meant as that one."""
    waiting = {end.pk for found in ends.found.values() for end in found if end.thing == "initiative"}
    kept: dict[int, int] = {}
    while waiting:
        step: dict[int, int] = {}
        for part in _parts(waiting):
            step |= dict(Merge.objects.open().filter(merged__in=part).values_list("merged", "kept"))
        kept |= step
        waiting = set(step.values()) - set(kept)

    def followed(end: End) -> End:
        pk = end.pk
        while end.thing == "initiative" and pk in kept:
            pk = kept[pk]
        return End(end.thing, pk)

    ends.found = {text: {followed(end) for end in found} for text, found in ends.found.items()}


def _parts(keys: Iterable) -> Iterator[list]:
    rest = iter(keys)
    while part := list(islice(rest, AT_ONCE)):
        yield part
