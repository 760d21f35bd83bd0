"""How well an offer and a need fit, in points, each with its reason; the same rows always give the same points."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from math import exp, log

from vocabulary.exchange import Kind

from . import terms
from .facts import Facts, kilometres
from .lexicon import STEM, THEME
from .terms import Pair, Part, Reason

# What each part may give at most, and why it weighs so much.
WEIGHTS = {
    # What it is about decides: nearness never makes up for something else. The first shared word tells the most.
    "words": 5.0,
    # Another way to say what it is about; a tool or a room is useful across subjects, a skill less so.
    "theme": 2.5,
    "theme of things": 1.4,
    "neighbouring theme": 1.0,
    # Next door counts about as much as two rare words; what is out of reach takes points away.
    "distance": 3.0,
    "too far": -5.0,
    # Better than half a scale away, worse than next door.
    "both remote": 2.0,
    # One of them would come, the other would not.
    "out of its radius": -7.0,
    # People must be able to talk.
    "languages": 0.8,
    "no language in common": -1.5,
    "freshness": 0.4,
}
# From how many points on something is shown, and how many of them must tell what it is about.
LEAST, LEAST_ABOUT = 2.5, 1.5
# Far fewer points than the best one: shown beside it, it would only distract.
SHARE_OF_BEST = 0.5
# A stem may mean anything, the name of a theme is broad.
WORTH = {STEM: 0.5, THEME: 0.7}
WORTH_OF_IDEA = 1.0
# Words about when, where or how say little of what it is about.
VAGUE = frozenset(
    {
        *("morning", "evening", "afternoon", "weekend", "monday", "tuesday", "wednesday", "thursday"),
        *("friday", "saturday", "sunday", "season", "village", "quiet", "bright", "neighbour"),
        *("sharing-car-tools", "machine", "room", "student", "partner", "transport", "culture"),
        *("starting-up", "co-operative", "enterprise", "training", "mentoring", "teaching"),
        *("exchange-experience", "loan", "grant", "volunteer", "job", "donation", "money", "food"),
        *("farm", "farmer", "household", "social-economy", "management"),
    }
)
WORTH_OF_VAGUE = 0.45
# How many uses make a word worth nothing of its own.
COMMON = 50_000
LEAST_RARITY = 0.15
WORDS_TO_HALF = 1.6
HALF_AFTER_DAYS = 60
REACHED = 0.6
ABOUT = frozenset({"words", "theme", "kind of space"})


@dataclass(frozen=True)
class Score:
    """All parts together."""

    parts: list[Part] = field(default_factory=list)

    @property
    def points(self) -> float:
        """What they make together."""
        return sum(part.points for part in self.parts)

    @property
    def about(self) -> float:
        """Points that tell what it is about."""
        return sum(part.points for part in self.parts if part.name in ABOUT)

    @property
    def is_enough(self) -> bool:
        """Worth showing."""
        return self.points >= LEAST and self.about >= LEAST_ABOUT

    @property
    def reasons(self) -> list[Reason]:
        """What speaks for it."""
        return [part.reason for part in self.parts if part.reason is not None]


def rarity(uses: int) -> float:
    """How much a word tells that so many use: 1 for one alone, less and less."""
    return max(LEAST_RARITY, 1 - log(1 + uses) / log(1 + COMMON))


def worth(key: str, uses: int) -> float:
    """What sharing one word is worth."""
    kind = WORTH.get(key[0], WORTH_OF_VAGUE if key in VAGUE else WORTH_OF_IDEA)
    return kind * rarity(uses)


def score(asking: Facts, other: Facts, uses: dict[str, int], now: datetime) -> Score | None:
    """How well the other fits; None where it cannot: another category, the same kind, an area that is not meant, or
    nothing that tells what both are about.
    """
    need, offer = (asking, other) if asking.kind == Kind.NEED else (other, asking)
    if asking.category != other.category or asking.kind == other.kind:
        return None
    pair = Pair(asking, other, need, offer)
    if not terms.is_eligible(pair):
        return None
    about = Score(list(_about(pair, uses)))
    # Most of those that lie near: what else there is to say of them would make no match of them.
    if about.about < LEAST_ABOUT and not terms.tells_what(pair):
        return None
    named = Part("category", 0.0, Reason("category", {"category": asking.category}))
    return Score([named, *about.parts, *_near(pair), *_spoken(pair), *terms.of(pair), _fresh(other, now)])


def _about(pair: Pair, uses: dict[str, int]) -> Iterator[Part]:
    asking, other = pair.asking, pair.other
    shared = sorted(asking.words & other.words, key=lambda key: (-worth(key, uses.get(key, 1)), key))
    if shared:
        total = sum(worth(key, uses.get(key, 1)) for key in shared)
        points = WEIGHTS["words"] * (1 - exp(-total / WORDS_TO_HALF))
        yield Part("words", points, Reason("words", {"keys": shared}))
    if asking.theme_id and asking.theme_id == other.theme_id:
        things = asking.category in ("equipment", "space")
        points = WEIGHTS["theme of things" if things else "theme"]
        yield Part("theme", points, Reason("same theme", {"theme": other.theme_id}))
    elif asking.root and asking.root == other.root:
        yield Part(
            "theme", WEIGHTS["neighbouring theme"], Reason("neighbouring theme", {"theme": other.theme_id})
        )


def _near(pair: Pair) -> Iterator[Part]:
    asking, other = pair.asking, pair.other
    scale = asking.its_category.distance_scale_km
    if asking.is_remote and other.is_remote:
        yield Part("distance", WEIGHTS["both remote"], Reason("both remote", {}))
        return
    if scale is None or asking.position is None or other.position is None:
        return
    away = kilometres(asking.position, other.position)
    near = 0.5 ** (away / scale)
    reach = [one.radius_km for one in (asking, other) if one.radius_km is not None]
    reason = Reason("distance", {"km": round(away, 1)})
    if reach and away > max(reach):
        yield Part("distance", WEIGHTS["distance"] * near + WEIGHTS["out of its radius"] * (1 - near), None)
        return
    if reach:
        near = max(near, REACHED)
    points = WEIGHTS["distance"] * near + WEIGHTS["too far"] * (1 - near) ** 2
    yield Part("distance", points, reason if points > 0 else None)


def _spoken(pair: Pair) -> Iterator[Part]:
    asking, other = pair.asking, pair.other
    if common := sorted(asking.speaks & other.speaks):
        yield Part("languages", WEIGHTS["languages"], Reason("languages", {"languages": common}))
    elif asking.languages or other.languages:
        yield Part("languages", WEIGHTS["no language in common"], None)


def _fresh(other: Facts, now: datetime) -> Part:
    days = max(0.0, (now - other.published_at).total_seconds() / 86_400)
    return Part("freshness", WEIGHTS["freshness"] * 0.5 ** (days / HALF_AFTER_DAYS), None)
