"""Where somebody goes on after handing in, when they came from a page that needs the initiative."""

from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

from ..models import Initiative

LONGEST = 500


def address(request: HttpRequest, initiative: Initiative) -> str:
    """The page of this site that `next` names, with the initiative; empty where none is named."""
    path = request.GET.get("next", "")
    if not path.startswith("/") or len(path) > LONGEST or set(path) & {"?", "#", "\\"}:
        return ""
    if not url_has_allowed_host_and_scheme(path, allowed_hosts=None):
        return ""
    return f"{path}?{urlencode({'initiative': initiative.uuid})}"
