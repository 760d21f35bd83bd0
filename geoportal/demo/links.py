"""Demo links between what the other files bring, through the importer of edge lists."""

from importers.links import import_links
from initiatives.enums import DEMO_TAG

from .content import FOLDER


def load() -> int:
    """Add the links that are missing; their number."""
    return import_links(FOLDER / "links.csv", source=DEMO_TAG, write=True).added
