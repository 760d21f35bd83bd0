"""What these pages share: a campaign that the reader may know of, and for whom it is to be run."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from ... import rules
from ...models import Campaign

TOO_MANY = 429


def too_many() -> str:
    """Of something for one day."""
    return _("That was a lot for one day. Please try again tomorrow.")


def campaign_of(request: HttpRequest, slug: str, right: str = "see_campaign") -> Campaign:
    """The campaign of an address; one in preparation is there for those who run it alone."""
    rows = Campaign.objects.select_related("territory", "group")
    found = get_object_or_404(rows.defer("territory__boundary", "territory__search_names"), slug=slug)
    if not rules.may(request.user, "see_campaign", found):
        raise Http404("No campaign has this address.")
    if right != "see_campaign" and not rules.may(request.user, right, found):
        raise PermissionDenied(f"{right} is not for this member.")
    return found


def entered_by(request: HttpRequest, slug: str, right: str) -> Campaign:
    """One that the member has a right in, also while it is in preparation."""
    rows = Campaign.objects.select_related("territory", "group")
    found = get_object_or_404(rows.defer("territory__boundary", "territory__search_names"), slug=slug)
    if rules.may(request.user, right, found):
        return found
    return campaign_of(request, slug, right)
