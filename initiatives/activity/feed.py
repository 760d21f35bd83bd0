"""The stream as Atom, as everyone reads it."""

from urllib.parse import urlencode

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from community.topics.links import host

from ..describing_data import texts
from ..describing_data.atom import Feed, plain
from .reading import Cursor, Page

ADDRESS = "/feeds/activity.atom"


def _address(query: str, after: Cursor | None) -> str:
    more = urlencode({"cursor": str(after)}) if after else ""
    asked = "&".join(part for part in (query, more) if part)
    return f"{settings.SITE_URL}{ADDRESS}" + (f"?{asked}" if asked else "")


def atom(page: Page, query: str, after: Cursor | None) -> str:
    """One page of the stream; `query` narrows it, and stands in the addresses of all its pages."""
    feed = Feed(
        title=_("%(site)s: what happens") % {"site": settings.SITE_NAME},
        link=f"{settings.SITE_URL}/activity/" + (f"?{query}" if query else ""),
        description=_("What is new on the map and in its groups."),
        language=get_language(),
        feed_url=_address(query, after),
        # All pages are of one feed.
        feed_guid=_address(query, None),
        author_name=texts.publisher(),
        next_url=_address(query, page.following) if page.following else "",
    )
    for line in page.lines:
        feed.add_item(
            title=plain(line.text),
            link=settings.SITE_URL + line.thing.address,
            description=plain(line.thing.place),
            unique_id=f"tag:{host()},2026:activity/{line.pk}",
            pubdate=line.at,
            updateddate=line.at,
            categories=[line.kind.value],
        )
    return feed.writeString("utf-8")
