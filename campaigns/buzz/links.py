"""Addresses of a campaign and of what stands in it; with a source they are counted."""

from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from ..models import Campaign, Nomination
from .networks import NETWORKS

SOURCE = "source"
# Those that the site gives out itself.
POSTER, LINK, EMBED = "poster", "link", "embed"
OWN = frozenset((POSTER, LINK, EMBED, *(network.source for network in NETWORKS)))


def _whole(path: str, source: str = "") -> str:
    return settings.SITE_URL + path + (f"?{urlencode({SOURCE: source})}" if source else "")


def of_campaign(campaign: Campaign, source: str = "") -> str:
    """The page of a campaign, in the language at hand."""
    return _whole(campaign.get_absolute_url(), source)


def of_nomination(nomination: Nomination, source: str = "") -> str:
    """The page of what stands in it, in the language at hand."""
    return _whole(reverse("campaigns:nominee", args=[nomination.campaign.slug, nomination.pk]), source)


def card_of_campaign(campaign: Campaign, language: str) -> str:
    """Its picture."""
    return _whole(reverse("campaign_card", args=[campaign.slug, language]))


def card_of_nomination(nomination: Nomination, language: str) -> str:
    """Its picture."""
    return _whole(card_path(nomination, language))


def card_path(nomination: Nomination, language: str) -> str:
    """Its picture, on this site."""
    return reverse("nominee_card", args=[nomination.campaign.slug, nomination.pk, language])


def poster_path(nomination: Nomination, language: str) -> str:
    """Its paper, on this site."""
    path = reverse("nominee_poster", args=[nomination.campaign.slug, nomination.pk])
    return f"{path}?{urlencode({'lang': language})}"


def all_campaigns() -> str:
    """The list of campaigns, in the language at hand."""
    return _whole(reverse("campaigns"))


def uncounted(request: HttpRequest) -> str:
    """The address that was asked for, without its source: whoever goes on from here comes from here."""
    if SOURCE not in request.GET:
        return request.get_full_path()
    query = request.GET.copy()
    del query[SOURCE]
    return request.path + (f"?{query.urlencode()}" if query else "")
