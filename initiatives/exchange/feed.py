"""Offers and needs as Atom with GeoRSS: the newest first, each at its town."""

from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from community.topics.links import host
from geo.parameters import known_parameters
from geo.responses import fresh

from ..describing_data import texts
from ..describing_data.atom import MEDIA_TYPE, Feed, plain
from ..models import Exchange
from .addresses import lasting
from .choosing import chosen
from .holding import holder_name

ADDRESS = "/feeds/exchange.atom"
FILTERS = {"kind": "category", "way": "way", "theme": "theme", "territory": "territory", "near": "near"}
MOST = 100


def door(request: HttpRequest) -> HttpResponse:
    """Those that fit; statements do not depend on how many."""
    known_parameters(request.GET, FILTERS)
    rows = chosen(request.GET, FILTERS).with_people().order_by("-published_at", "-pk")[:MOST]
    query = urlencode({name: request.GET[name] for name in FILTERS if name in request.GET})
    here = f"{settings.SITE_URL}{ADDRESS}" + (f"?{query}" if query else "")
    feed = Feed(
        title=_("%(site)s: offers and needs") % {"site": settings.SITE_NAME},
        link=f"{settings.SITE_URL}/exchange/",
        description=_("What members, initiatives and collectives offer and look for."),
        language=get_language(),
        feed_url=here,
        feed_guid=here,
        author_name=texts.publisher(),
    )
    for row in rows:
        _add(feed, row)
    return fresh(request, HttpResponse(feed.writeString("utf-8"), content_type=MEDIA_TYPE))


def _add(feed: Feed, row: Exchange) -> None:
    # GeoRSS says latitude first.
    point = row.position and f"{row.position.y:.7f} {row.position.x:.7f}"
    feed.add_item(
        title=plain(row.title),
        link=lasting(row),
        description=plain(row.text),
        author_name=plain(holder_name(row) or "") or None,
        unique_id=f"tag:{host()},2026:exchange/{row.pk}",
        pubdate=row.published_at,
        updateddate=row.updated_at,
        categories=[row.kind, row.category, row.theme.slug],
        point=point,
    )
