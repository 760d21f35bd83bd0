"""What tests of public pages share: addresses by language, a page as text, what its small map is given."""

import json
import re

from django.urls import reverse
from django.utils import translation

# A boundary of one part may be sent as that part.
SHAPES = ("Polygon", "MultiPolygon")


def address(name: str, *args, language: str = "en") -> str:
    """Address of a page in a language."""
    with translation.override(language):
        return reverse(name, args=args)


def page(client, name: str, *args) -> str:
    """The page in English."""
    answer = client.get(address(name, *args))
    assert answer.status_code == 200
    return answer.content.decode()


def minimap(body: str) -> dict:
    """What the small map of a page is given."""
    return json.loads(re.search(r'<script id="minimap-spec"[^>]*>(.*?)</script>', body)[1])
