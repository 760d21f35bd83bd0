"""Pictures and papers of what everyone sees in a campaign: the same for everyone who asks."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from geo.parameters import known_parameters
from geo.responses import ASK_AGAIN, asked_again

from . import calling, facts, feed
from .cards import card
from .languages import LANGUAGES, check_language
from .posters import poster


def _answer(request: HttpRequest, etag: str, media_type: str, draw: Callable[[], bytes]) -> HttpResponse:
    """304 before anything is drawn, where the reader has it already."""
    if "If-None-Match" in request.headers and (known := get_conditional_response(request, etag=etag)):
        known["ETag"], known["Cache-Control"] = etag, ASK_AGAIN
        return known
    return asked_again(request, HttpResponse(draw(), content_type=media_type), etag)


def _check(language: str) -> None:
    if language not in LANGUAGES:
        raise Http404(_("There is no picture in this language."))


def campaign_card(request: HttpRequest, slug: str, language: str) -> HttpResponse:
    """The picture of a campaign."""
    _check(language)
    with override(language):
        shown = facts.of_campaign(facts.public_campaign(slug))
        return _answer(request, shown.etag, "image/png", lambda: card(shown))


def nominee_card(request: HttpRequest, slug: str, pk: int, language: str) -> HttpResponse:
    """The picture of what stands in it."""
    _check(language)
    with override(language):
        shown = facts.of_nomination(facts.public_nomination(facts.public_campaign(slug), pk))
        return _answer(request, shown.etag, "image/png", lambda: card(shown))


def nominee_poster(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The paper to hang up, in the language that is asked for, else in the reader's."""
    known_parameters(request.GET, ("lang",))
    language = request.GET.get("lang", get_language())
    check_language(language)
    with override(language):
        nomination = facts.public_nomination(facts.public_campaign(slug), pk)
        shown, call = facts.of_nomination(nomination), calling.call(nomination)
        etag = facts.etag_of(shown, call)
        answer = _answer(request, etag, "application/pdf", lambda: poster(shown, call))
    answer["Content-Disposition"] = f'inline; filename="{slug}-{pk}-{language}.pdf"'
    return answer


# Without a language before the address: pictures and papers name theirs.
machine = {
    "feeds/campaigns.atom": (feed.door, "campaigns_feed"),
    "campaigns/<slug:slug>/card.<str:language>.png": (campaign_card, "campaign_card"),
    "campaigns/<slug:slug>/<int:pk>/card.<str:language>.png": (nominee_card, "nominee_card"),
    "campaigns/<slug:slug>/<int:pk>/poster.pdf": (nominee_poster, "nominee_poster"),
}
