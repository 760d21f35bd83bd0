"""Pages of an initiative's history: its versions, how two of them differ, and giving back a former one."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from .. import actions
from ..describing import texts
from ..forms import ComparisonForm, RestoringForm
from ..history import comparing, describing, reading
from ..history.reading import Version
from ..merging import following
from ..models import Initiative

PAGE_SIZE = 20
# What giving back a former version leaves as it is.
STAYS = ("status", "slug", "networks", "confirmed_at")


@dataclass(frozen=True)
class Line:
    """A version in the list: what is different from the one before it that the reader may see."""

    version: Version
    earlier: Version | None
    changed: list[str]


class _Reading:
    """An initiative and its versions as the reader of a page may see them; Http404 where that is nothing."""

    def __init__(self, request: HttpRequest, slug: str) -> None:
        rows = Initiative.objects.defer("position", "search", "search_name")
        found = rows.filter(slug=slug).first() or rows.filter(old_slugs__slug=slug).first()
        if found is None:
            raise Http404("No initiative has this address.")
        reader = request.user
        self.everything = all(
            reader.has_perm(f"initiatives.{right}", found)
            for right in ("read_unpublished", "read_exact_position")
        )
        if not (found.is_published or self.everything):
            raise Http404("No published initiative has this address.")
        self.initiative = found
        self.is_former_address = found.slug != slug
        self.may_restore = reader.has_perm("initiatives.revise", found)
        self.versions = reading.versions(found)
        self.visible = describing.visible(self.versions, everything=self.everything)

    def numbered(self, number: int) -> Version:
        """A version that the reader may see; Http404."""
        version = reading.numbered(self.visible, number)
        if version is None:
            raise Http404("There is no such version.")
        return version

    def differences(self, before: Version, after: Version) -> list[comparing.Difference]:
        """How two versions differ for the reader."""
        seen = self.described([before, after])
        return comparing.differences(seen[before.number], seen[after.number])

    def described(self, chosen: list[Version]) -> dict[int, describing.Seen]:
        """Some versions with their values."""
        return describing.described(chosen, self.versions, everything=self.everything)

    def lines(self, first: int, last: int) -> list[Line]:
        """Lines of a page: visible versions from one place to another."""
        seen = self.described(self.visible[first : last + 1])
        lines = []
        for place in range(first, min(last, len(self.visible))):
            version = self.visible[place]
            earlier = self.visible[place + 1] if place + 1 < len(self.visible) else None
            changed = comparing.differences(seen[earlier.number], seen[version.number]) if earlier else []
            lines.append(Line(version, earlier, [one.label for one in changed]))
        return lines

    def context(self, **more: Any) -> dict[str, Any]:
        """What every page of the history shows."""
        return {
            "initiative": self.initiative,
            "texts": texts(self.initiative, get_language()),
            "everything": self.everything,
            "may_restore": self.may_restore,
            "newest": self.versions[0],
            **more,
        }


@login_not_required
@never_cache
@require_safe
def listing(request: HttpRequest, slug: str) -> HttpResponse:
    """The versions, the newest first; two that were chosen lead to their difference."""
    try:
        read = _Reading(request, slug)
    except Http404:
        return following.led("initiative_history", slug)
    if read.is_former_address:
        return redirect("initiative_history", read.initiative.slug, permanent=True)
    form = ComparisonForm(request.GET if {"from", "to"} & set(request.GET) else None)
    if form.is_valid():
        return redirect("initiative_versions_compared", read.initiative.slug, *form.chosen)
    page = Paginator(read.visible, PAGE_SIZE).get_page(request.GET.get("page"))
    first = (page.number - 1) * PAGE_SIZE
    shown = read.context(page=page, lines=read.lines(first, first + PAGE_SIZE), form=form)
    return render(request, "initiatives/history.html", shown, status=400 if form.errors else 200)


@login_not_required
@never_cache
@require_safe
def compared(request: HttpRequest, slug: str, before: int, after: int) -> HttpResponse:
    """How two versions differ, value by value."""
    try:
        read = _Reading(request, slug)
    except Http404:
        # Numbers of versions are its own.
        return following.led("initiative_history", slug)
    if read.is_former_address:
        return redirect("initiative_versions_compared", read.initiative.slug, before, after, permanent=True)
    old, new = read.numbered(before), read.numbered(after)
    shown = read.context(before=old, after=new, differences=read.differences(old, new))
    return render(request, "initiatives/history_compared.html", shown)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def restoring(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """What giving back a former version would change, and doing it."""
    read = _Reading(request, slug)
    if not read.may_restore:
        raise PermissionDenied("To give back a former version is not for this member.")
    version, errors = read.numbered(number), []
    form = RestoringForm(request.POST or None)
    if request.method == "POST":
        try:
            form.full_clean()
            restored = actions.restore_version(
                read.initiative, by=request.user, number=number, seen=form.cleaned_data.get("seen", 0)
            )
        except ValidationError as error:
            errors = error.messages
            read = _Reading(request, slug)
        else:
            messages.success(request, _("The version is restored."))
            return redirect("initiative_history", restored.slug)
    differences = read.differences(read.versions[0], version)
    shown = read.context(
        version=version,
        errors=errors,
        differences=[one for one in differences if one.name not in STAYS],
    )
    return render(request, "initiatives/history_restoring.html", shown, status=409 if errors else 200)
