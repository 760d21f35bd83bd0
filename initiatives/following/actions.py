"""Following, unfollowing, another rhythm: each in one transaction; twice is once."""

import rules
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community.models import Member

from ..enums import HowOften
from ..models import Follow, Initiative
from ..models.follow import LONGEST_QUERY
from ..selection import parse

MOST = 50


def _check_own(follow: Follow, by: Member) -> None:
    if not rules.has_perm("initiatives.change_what_one_follows", by, follow):
        raise PermissionDenied("This is for who follows it.")


def _checked(frequency: str) -> str:
    if frequency not in HowOften.values:
        raise ValidationError({"frequency": _("Choose how often you want to hear of it.")})
    return frequency


def normal(query: str) -> str:
    """A query string as the selection writes it; InvalidParameterError, ValidationError where it is too long."""
    found = parse(QueryDict(query)).query
    if len(found) > LONGEST_QUERY:
        raise ValidationError(_("These are too many filters to follow at once."))
    return found


def follow(
    *, by: Member, query: str = "", initiative: Initiative | None = None, frequency: str = HowOften.WEEKLY
) -> Follow:
    """Let a member hear of a selection or an initiative; of what they follow already, as often as they say now.

    PermissionDenied, InvalidParameterError for a query that cannot be used, ValidationError.
    """
    _checked(frequency)
    if not rules.has_perm("initiatives.follow", by, initiative):
        raise PermissionDenied("Following this is not for this member.")
    what = (
        {"query": "", "initiative": initiative}
        if initiative
        else {"query": normal(query), "initiative": None}
    )
    with transaction.atomic():
        # Two presses at once shall not make one more than there may be.
        own = Member.objects.select_for_update(no_key=True).get(pk=by.pk).follows
        if (found := own.filter(**what).first()) is None:
            if own.count() >= MOST:
                raise ValidationError(
                    ngettext(
                        "You follow %(n)s thing already. Stop following something first.",
                        "You follow %(n)s things already. Stop following something first.",
                        MOST,
                    )
                    % {"n": MOST}
                )
            return own.create(**what, frequency=frequency)
        return set_frequency(found, by=by, frequency=frequency)


def set_frequency(follow: Follow, *, by: Member, frequency: str) -> Follow:
    """Let them hear of it in another rhythm; PermissionDenied, ValidationError."""
    _check_own(follow, by)
    follow.frequency = _checked(frequency)
    follow.save(update_fields=["frequency"])
    return follow


def unfollow(follow: Follow, *, by: Member | None) -> None:
    """Let them hear of it no more; `by=None` is the link of a letter. PermissionDenied."""
    if by is not None:
        _check_own(follow, by)
    Follow.objects.filter(pk=follow.pk).delete()
