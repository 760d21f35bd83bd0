"""What tests of pictures, papers and counted links share: one in any phase, and how a person's browser asks."""

from io import BytesIO

from PIL import Image

from campaigns.enums import NominationState, Phase
from campaigns.models import Campaign, Nomination
from initiatives.models import Initiative

from .making import campaign_in, nominated

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"
STATES = NominationState
# What everyone knows of an accepted, selected or laureate nomination in each phase; the last is the usual one.
SEEN = {
    Phase.DRAFT: {},
    Phase.CALL: {STATES.ACCEPTED: "candidate", STATES.SELECTED: "candidate"},
    Phase.SELECTION: {STATES.ACCEPTED: "candidate", STATES.SELECTED: "candidate"},
    Phase.LIKES: {STATES.LAUREATE: "selected", STATES.SELECTED: "selected"},
    Phase.COUNTING: {STATES.LAUREATE: "selected", STATES.SELECTED: "selected"},
    Phase.RESULTS: {STATES.SELECTED: "selected", STATES.LAUREATE: "laureate"},
}


def standing_in(phase: str, initiative: Initiative | None = None, **fields) -> Nomination:
    """One that everyone sees in a phase."""
    return nominated(campaign_in(phase, **fields), initiative, next(reversed(SEEN[phase])))


def card_of(nomination: Nomination, language: str = "en") -> str:
    """Address of its picture."""
    return f"/campaigns/{nomination.campaign.slug}/{nomination.pk}/card.{language}.png"


def poster_of(nomination: Nomination, language: str = "en") -> str:
    """Address of its paper."""
    return f"/campaigns/{nomination.campaign.slug}/{nomination.pk}/poster.pdf?lang={language}"


def card_of_campaign(campaign: Campaign, language: str = "en") -> str:
    """Address of its picture."""
    return f"/campaigns/{campaign.slug}/card.{language}.png"


def drawn(client, address: str) -> Image.Image:
    """The picture at an address."""
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "image/png"
    return Image.open(BytesIO(answer.content))
