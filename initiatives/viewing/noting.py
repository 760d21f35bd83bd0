"""One view of a public page, noted if a person from outside asked for it."""

import re

from django.http import HttpRequest
from django.utils import timezone

from territories.models import Collective

from ..enums import Verb, ViewKind
from ..models import Initiative, PageHit

# What programs call themselves; whoever says nothing is one as well.
PROGRAMS = re.compile(
    r"(?<!cu)bot\b|bot[/;_-]|crawl|spider|slurp|archive|preview|monitor|headless|facebookexternalhit|whatsapp|embedly"
    r"|curl|wget|python|java/|go-http|okhttp|axios|node|ruby|perl|libwww|scrapy|httpclient|feed|lighthouse",
    re.I,
)
# Browsers fetch pages that nobody may ever look at.
AHEAD = ("HTTP_SEC_PURPOSE", "HTTP_PURPOSE", "HTTP_X_PURPOSE", "HTTP_X_MOZ")


def is_looked_at(request: HttpRequest) -> bool:
    """Whether a person seems to look at the page, from what the request says of itself; nothing of it is kept."""
    if request.method != "GET":
        return False
    if any(re.search("prefetch|prerender|preview", request.META.get(name, ""), re.I) for name in AHEAD):
        return False
    agent = request.META.get("HTTP_USER_AGENT", "")
    return bool(agent) and not PROGRAMS.search(agent)


def note(request: HttpRequest, shown: Initiative | Collective) -> None:
    """Append a row for the background worker to count; its own people and reviewers are no visitors."""
    if not is_looked_at(request):
        return
    if isinstance(shown, Initiative):
        kind, right = ViewKind.INITIATIVE, Verb.REVISE
    else:
        kind, right = ViewKind.COLLECTIVE, "tend_collective"
    if request.user.is_authenticated and request.user.has_perm(f"initiatives.{right}", shown):
        return
    PageHit.objects.create(day=timezone.localdate(), kind=kind, object=shown.pk)
