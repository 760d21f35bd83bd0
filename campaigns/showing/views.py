"""Pages that everyone reads: all campaigns, one of them, its rule, and an initiative that stands in it."""

import hashlib

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from .. import rules
from ..buzz import sharing, visiting
from ..enums import Phase
from ..likes.voters import voter
from ..models import Campaign, Nomination
from ..running import changing
from ..running.moments import place_of
from ..running.views.shared import campaign_of
from . import calendar, mapping, reading, words

ON = (Phase.CALL, Phase.SELECTION, Phase.LIKES, Phase.COUNTING)


def reader_key(request: HttpRequest) -> str:
    """Who reads, for the order of candidates: a member, else a browser as it shows itself; kept nowhere."""
    if request.user.is_authenticated:
        return str(request.user.uuid)
    shown = f"{request.META.get('REMOTE_ADDR', '')}|{request.headers.get('User-Agent', '')}"
    return hashlib.sha256(shown.encode()).hexdigest()


@never_cache
@login_not_required
@require_safe
def campaigns(request: HttpRequest) -> HttpResponse:
    """What goes on, and the editions that are over."""
    rows = Campaign.objects.public().select_related("territory", "previous")
    rows = list(rows.defer("territory__boundary", "territory__search_names", "stories", "rules"))
    context = {
        "running": [(row, calendar.countdown(row)) for row in rows if row.phase in ON],
        "past": [row for row in rows if row.phase == Phase.RESULTS],
        "may_run": rules.may(request.user, "run_campaign"),
    }
    return render(request, "campaigns/list.html", context)


@never_cache
@login_not_required
@require_safe
def campaign(request: HttpRequest, slug: str) -> HttpResponse:
    """A campaign by its phase: the call, the selection, likes, results; who takes part in it."""
    shown = campaign_of(request, slug)
    visiting.note(request, shown)
    cards = reading.cards(shown, request.user, voter(request, shown), reader_key(request))
    themes = reading.facets(shown, cards)
    chosen = request.GET.get("theme", "")
    theme = next((row for row, _number in themes if row.theme.slug == chosen), None)
    here = [card for card in cards if theme is None or card.nomination.theme_id == theme.pk]
    context = {
        "campaign": shown,
        "lead": words.lead(shown),
        "story": words.story(shown),
        "steps": calendar.steps(shown),
        "count": calendar.countdown(shown),
        "facets": themes,
        "chosen_theme": theme,
        "cards": here,
        "map_config": mapping.map_of(shown, here) if shown.is_public else None,
        "number": len(cards),
        "liked": sum(card.is_liked for card in cards),
        "prizes": reading.prizes(themes, here) if shown.phase == Phase.RESULTS else [],
        "part": reading.taking_part(shown, request.user),
        "editions": words.editions(shown),
        "shared": sharing.of_campaign(shown),
        **_rights(request, shown),
    }
    return render(request, "campaigns/campaign.html", context)


def _rights(request: HttpRequest, shown: Campaign) -> dict[str, bool]:
    return {
        "may_run": rules.may(request.user, "run_campaign", shown),
        "may_nominate": shown.phase == Phase.CALL,
        "may_judge": rules.may(request.user, "read_jury", shown),
    }


@never_cache
@login_not_required
@require_safe
def rule(request: HttpRequest, slug: str) -> HttpResponse:
    """The rule, its numbers in words, and all that was changed since the announcement."""
    shown = campaign_of(request, slug)
    context = {
        "campaign": shown,
        "rule": words.rule(shown),
        "place": place_of(shown.time_zone),
        "themes": shown.themes.select_related("theme__parent"),
        "changes": words.changes(shown),
        "is_fixed": changing.is_fixed(shown),
        "steps": calendar.steps(shown),
    }
    return render(request, "campaigns/rule.html", context)


@never_cache
@login_not_required
@require_safe
def nominee(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """An initiative in a campaign: why it stands there, its picture, its film; earlier for those it concerns."""
    shown = campaign_of(request, slug)
    nominations = Nomination.objects.filter(campaign=shown)
    found = get_object_or_404(nominations.for_cards(), pk=pk)
    found.campaign = shown
    is_public = nominations.shown_in(shown.phase).filter(pk=pk).exists()
    if not is_public and not rules.may(request.user, "read_nomination", found):
        raise Http404("No nomination has this address.")
    if is_public:
        visiting.note(request, shown, found)
    context = {
        "campaign": shown,
        "nomination": found,
        "card": reading.card(shown, found, request.user, voter(request, shown)) if is_public else None,
        "count": calendar.countdown(shown),
        "is_public": is_public,
        "shared": sharing.of_nomination(found) if is_public else None,
        "may_answer": rules.may(request.user, "answer_nomination", found),
        "may_revise": rules.may(request.user, "revise_nomination", found),
        "may_withdraw": rules.may(request.user, "withdraw_nomination", found),
    }
    return render(request, "campaigns/nominee.html", context)
