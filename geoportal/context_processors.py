"""What every page knows."""

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import translate_url
from django.utils.translation import get_language, get_language_info

from campaigns.buzz.links import uncounted
from initiatives.reviews.queue import Desk
from initiatives.vouching import reading as vouching

BASEMAP = {
    "land": "land.topojson",
    "detail": "detail.topojson",
    "regions": "regions.topojson",
    "water": "water.topojson",
    "labels": "labels.json",
    "nearLabels": "labels-near.json",
}


def site(request: HttpRequest) -> dict:
    """Name and origin of the site, address of its source, what awaits a review, the same page in each language."""
    here = uncounted(request)
    return {
        "site_name": settings.SITE_NAME,
        "site_origin": settings.SITE_URL,
        "source_url": settings.SOURCE_URL,
        "reviews": Desk(getattr(request, "user", AnonymousUser())),
        "vouching_is_on": vouching.is_on(),
        "DEBUG": settings.DEBUG,
        "basemap_config": {
            "files": {name: static(f"basemap/{file}") for name, file in BASEMAP.items()},
            "url": settings.BASEMAP_URL,
            "attribution": settings.BASEMAP_ATTRIBUTION,
            "language": get_language(),
        },
        "language_links": [
            {
                "code": code,
                "name": get_language_info(code)["name_local"].capitalize(),
                "url": translate_url(here, code),
                "current": code == get_language(),
            }
            for code, _name in settings.LANGUAGES
        ],
    }
