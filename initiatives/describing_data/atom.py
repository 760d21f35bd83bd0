"""What all feeds of the site are written with: Django's Atom, with places, pages and nothing that XML cannot hold."""

import re
from datetime import UTC, datetime

from django.utils import feedgenerator

MEDIA_TYPE = "application/atom+xml; charset=utf-8"
GEORSS = "http://www.georss.org/georss"
# What XML 1.0 cannot hold.
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
# When a feed without entries changed last: always the same, so that it is asked again cheaply.
NEVER = datetime(2026, 1, 1, tzinfo=UTC)


class Feed(feedgenerator.Atom1Feed):
    """Atom with a point for what has a place, and a link to the next page where `next_url` is given."""

    def latest_post_date(self) -> datetime:
        """Of the newest entry."""
        return super().latest_post_date() if self.items else NEVER

    def root_attributes(self) -> dict:
        """With the words of GeoRSS."""
        return {**super().root_attributes(), "xmlns:georss": GEORSS}

    def add_root_elements(self, handler) -> None:
        """With the way on."""
        super().add_root_elements(handler)
        if self.feed.get("next_url"):
            handler.addQuickElement("link", "", {"rel": "next", "href": self.feed["next_url"]})

    def add_item_elements(self, handler, item: dict) -> None:
        """With the point."""
        super().add_item_elements(handler, item)
        if item.get("point"):
            handler.addQuickElement("georss:point", item["point"])


def plain(text: str) -> str:
    """A text without what XML cannot hold."""
    return CONTROL.sub("", text)
