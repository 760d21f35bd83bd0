"""What every page knows."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language, get_language_info


def site(request: HttpRequest) -> dict:
    """Name of the site, address of its source, and the same page in each language."""
    here = request.get_full_path()
    return {
        "site_name": settings.SITE_NAME,
        "source_url": settings.SOURCE_URL,
        "DEBUG": settings.DEBUG,
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
