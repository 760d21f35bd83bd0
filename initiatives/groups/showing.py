"""What the page of a group says of it and of its initiatives."""

from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from community.groups.enums import GroupKind
from community.models import Group
from territories.outlines import minimap

from .. import presenting
from ..describing import as_script
from ..minimaps import mark
from ..models import Initiative
from ..views.held import initiatives_of

# More marks on a small map than anybody tells apart.
MOST = 100
IN_WORDS = {
    GroupKind.PUBLIC: _("Everyone reads it, members write"),
    GroupKind.OPEN: pgettext_lazy("kind of group", "Open to everyone"),
    GroupKind.PRIVATE: _("For its members only"),
}


def groups_of(initiative: Initiative, rows: QuerySet) -> QuerySet:
    """Those of some groups that an initiative belongs to, by name."""
    return rows.filter(initiative_links__initiative=initiative).order_by("name", "pk")


def held(request: HttpRequest, group: Group) -> dict[str, Any]:
    """Its initiatives, as the pages of networks and collectives show theirs.

    No selection knows a private group, so that nothing kept for others can hold it: its initiatives are read apart.
    """
    if not group.is_private:
        return initiatives_of(request, "group", group.slug)
    rows = Initiative.objects.published().of_groups([group.pk]).for_lists().order_by("search_name", "pk")
    page = Paginator(rows, presenting.PAGE_SIZE).get_page(request.GET.get("page"))
    return {"counts": {"matched": page.paginator.count}, "page": page, "selection": None}


def small_map(group: Group) -> dict[str, Any] | None:
    """Marks of its initiatives, none without a place among them; None where there is nothing to mark."""
    rows = Initiative.objects.published().located().of_groups([group.pk]).with_root_theme()
    rows = rows.only(
        "public_position",
        "precision",
        "has_no_position",
        "primary_theme__icon",
        "primary_theme__parent__icon",
    )
    marks = [mark(one, one.public_position, blurred=one.is_blurred) for one in rows.order_by("pk")[:MOST]]
    return minimap(marks=marks) if marks else None


def json_ld(group: Group):
    """schema.org description for search engines; nothing of a private group."""
    if group.is_private:
        return ""
    address = f"{settings.SITE_URL}/groups/{group.slug}/"
    return as_script(
        {
            "@context": "https://schema.org",
            "@type": "Organization",
            "@id": address,
            "url": address,
            "name": group.name,
            "description": group.purpose,
            "foundingDate": group.created_at.date().isoformat(),
        }
    )
