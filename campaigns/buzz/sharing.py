"""What a page says of itself to sites that show a link to it, and what a person copies to tell others."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import get_language, get_language_info

from ..models import Campaign, Nomination
from . import cards, facts, links
from .networks import NETWORKS

# Languages as Open Graph names them: with a country.
LOCALES = {"fr": "fr_FR", "en": "en_GB", "es": "es_ES", "de": "de_DE", "it": "it_IT"}


@dataclass(frozen=True)
class Shared:
    """A page that everyone sees, for the head of it."""

    kind: str
    title: str
    url: str
    image: str
    alt: str
    locale: str
    width: int = cards.WIDTH
    height: int = cards.HEIGHT


def of_campaign(campaign: Campaign) -> Shared | None:
    """None before it is announced."""
    if not campaign.is_public:
        return None
    language = get_language()
    return Shared(
        kind="website",
        title=campaign.title,
        url=links.of_campaign(campaign),
        image=links.card_of_campaign(campaign, language),
        alt=f"{campaign.title} · {facts.next_moment(campaign)}",
        locale=LOCALES[language],
    )


def of_nomination(nomination: Nomination) -> Shared:
    """Of one that everyone sees."""
    language, campaign = get_language(), nomination.campaign
    standing = facts.standing(nomination).label
    return Shared(
        kind="article",
        title=f"{nomination.initiative.name} – {campaign.title}",
        url=links.of_nomination(nomination),
        image=links.card_of_nomination(nomination, language),
        alt=f"{nomination.initiative.name} · {nomination.theme.theme.short_name} · {standing} · {campaign.title}",
        locale=LOCALES[language],
    )


@dataclass(frozen=True)
class Ways:
    """What is copied or followed to tell others of a nomination."""

    link: str
    code: str
    networks: list[tuple[str | Promise, str]]
    # (name of the language, address on this site).
    posters: list[tuple[str, str]]
    cards: list[tuple[str, str]]


def ways(nomination: Nomination) -> Ways:
    """All of them, in the language at hand; papers and pictures in each."""
    shared = of_nomination(nomination)
    languages = [
        (code, get_language_info(code)["name_local"].capitalize()) for code, _name in settings.LANGUAGES
    ]
    code = format_html(
        '<a href="{}"><img src="{}" width="{}" height="{}" alt="{}" loading="lazy"></a>',
        links.of_nomination(nomination, source=links.EMBED),
        shared.image,
        cards.WIDTH // 2,
        cards.HEIGHT // 2,
        shared.alt,
    )
    return Ways(
        link=links.of_nomination(nomination, source=links.LINK),
        code=code,
        networks=[
            (one.label, one.link(shared.title, links.of_nomination(nomination, source=one.source)))
            for one in NETWORKS
        ],
        posters=[(name, links.poster_path(nomination, code)) for code, name in languages],
        cards=[(name, links.card_path(nomination, code)) for code, name in languages],
    )
