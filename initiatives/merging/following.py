"""Where a merged initiative lives on: the same answer for its page, its address in the API and letters."""

from django.http import Http404, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils.cache import patch_cache_control

from ..models import Initiative, Merge

# A merge can be undone: until then nobody shall remember the way for longer than this, in seconds.
REMEMBERED = 3_600


def survivor(initiative: Initiative) -> Initiative | None:
    """The one that it lives on in, however many merges later; None where it is merged into none."""
    found, pk = None, initiative.pk
    # An end is certain: what was merged into nothing else is never merged into what was merged into it.
    while merge := Merge.objects.open().filter(merged=pk).select_related("kept").first():
        found, pk = merge.kept, merge.kept_id
    return found


def published(initiative: Initiative) -> Initiative | None:
    """The one that it lives on in, where everyone may see that."""
    found = survivor(initiative)
    return found if found is not None and found.is_published else None


def leading(address: str) -> HttpResponsePermanentRedirect:
    """301 to where it lives on."""
    answer = HttpResponsePermanentRedirect(address)
    patch_cache_control(answer, max_age=REMEMBERED)
    return answer


def published_of_slug(slug: str) -> Initiative | None:
    """What an address of a merged initiative, or a former one of it, leads to."""
    rows = Initiative.objects.only("pk")
    named = rows.filter(slug=slug).first() or rows.filter(old_slugs__slug=slug).first()
    return named and published(named)


def led(page: str, slug: str) -> HttpResponsePermanentRedirect:
    """301 from a page of a merged initiative to the same page of the one it lives on in; Http404 for any other."""
    if (lives_on := published_of_slug(slug)) is None:
        raise Http404("No published initiative has this address.")
    return leading(reverse(page, args=[lives_on.slug]))
