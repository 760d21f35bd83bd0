"""The files of a campaign's count; before the results are published they say so, and nothing else."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse

from geo.errors import NotYetError

from ..enums import Phase
from ..models import Campaign
from . import tally


def _public(slug: str) -> Campaign:
    found = Campaign.objects.public().filter(slug=slug).first()
    if found is None:
        raise Http404("There is no such campaign.")
    return found


def _published(slug: str) -> Campaign:
    """The campaign once its results are published; NotYetError before."""
    found = _public(slug)
    if found.phase != Phase.RESULTS:
        raise NotYetError("This file comes with the results of the campaign.")
    return found


def tally_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """All lines of the log, sealed."""
    campaign = _published(slug)
    answer = StreamingHttpResponse(tally.lines(campaign), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{slug}-tally.csv"'
    return answer


def results_json(request: HttpRequest, slug: str) -> HttpResponse:
    """The rule and the results, by which the script counts."""
    campaign = _published(slug)
    answer = JsonResponse(tally.results(campaign), json_dumps_params={"ensure_ascii": False, "indent": 1})
    answer["Content-Disposition"] = f'attachment; filename="{slug}-results.json"'
    return answer


def recompute_py(request: HttpRequest, slug: str) -> HttpResponse:
    """The script that counts again; anyone may read it before the likes open."""
    _public(slug)
    answer = HttpResponse(tally.SCRIPT.read_bytes(), content_type="text/x-python; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="recompute.py"'
    return answer


# Below the address of a campaign, in the language of the page; they answer programs.
machine = {
    "campaigns/<slug:slug>/tally.csv": (tally_csv, "campaign_tally"),
    "campaigns/<slug:slug>/results.json": (results_json, "campaign_results"),
    "campaigns/<slug:slug>/recompute.py": (recompute_py, "campaign_recompute"),
}
