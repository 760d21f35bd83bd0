"""A selection as Atom with GeoRSS: what changed last comes first; public positions only."""

from django.conf import settings

from ..models import Initiative
from ..selection import Selection
from . import texts
from .atom import Feed, plain

MOST = 100


def atom(selection: Selection) -> str:
    """The newest of a selection; statements do not depend on how many."""
    query = f"?{selection.query}" if selection.query else ""
    here = f"{settings.SITE_URL}/feeds/initiatives.atom{query}"
    rows = (
        selection.initiatives()
        .select_related("primary_theme", "licence")
        .prefetch_related("themes")
        .order_by("-updated_at", "-pk")
        .defer("position", "search", "description")[:MOST]
    )
    feed = Feed(
        title=settings.SITE_NAME,
        link=f"{settings.SITE_URL}/{query}",
        description=texts.title(),
        feed_url=here,
        feed_guid=here,
        author_name=texts.publisher(),
        feed_copyright=settings.DATA_LICENCE,
    )
    for row in rows:
        _add(feed, row)
    return feed.writeString("utf-8")


def _add(feed: Feed, row: Initiative) -> None:
    # GeoRSS says latitude first.
    point = row.public_position and f"{row.public_position.y:.7f} {row.public_position.x:.7f}"
    feed.add_item(
        title=plain(row.name),
        link=f"{settings.SITE_URL}/initiatives/{row.slug}/",
        description=plain(row.summary),
        unique_id=f"urn:uuid:{row.uuid}",
        pubdate=row.created_at,
        updateddate=row.updated_at,
        categories=sorted(theme.slug for theme in row.themes.all()),
        item_copyright=row.licence.code if row.licence else settings.DATA_LICENCE,
        point=point if row.cell is not None else None,
    )
