"""Why a like is refused, each in a sentence for who asked."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


class LikeError(Exception):
    """Refused; its text is for the reader. `status` is that of an answer to a program."""

    status = 409


class EarlyError(LikeError):
    """Likes have not begun."""


class LateError(LikeError):
    """Likes are over."""


class CapError(LikeError):
    """The voter has given as many as the rule allows."""


class NotSelectedError(LikeError):
    """It is not among the selected."""


class VoidError(LikeError):
    """Two people have declared this like void."""


class AgainError(LikeError):
    """It would be taken now, and was not a moment ago."""


class OwnError(LikeError):
    """It is an initiative of their own."""

    status = 403


class UnverifiedError(LikeError):
    """Their address is not confirmed."""

    status = 403


def _said(at: datetime, zone: str) -> dict[str, str]:
    local = timezone.localtime(at, ZoneInfo(zone))
    return {"time": date_format(local, "DATETIME_FORMAT"), "zone": zone}


def early(likes_from: datetime, zone: str) -> EarlyError:
    """When they begin, by the clock of the campaign."""
    return EarlyError(
        _("Likes are not open yet. They open on %(time)s (%(zone)s).") % _said(likes_from, zone)
    )


def late(likes_until: datetime, zone: str) -> LateError:
    """When they closed, by the clock of the campaign; it may have been closed before its date."""
    if likes_until > timezone.now():
        return LateError(_("Likes are closed."))
    return LateError(_("Too late: likes closed on %(time)s (%(zone)s).") % _said(likes_until, zone))


def cap(most: int) -> CapError:
    """All of them are given."""
    sentence = ngettext(
        "You have given your like. Take it back to give it to another.",
        "You have given all of your %(count)d likes. Take one back to give it to another.",
        most,
    )
    return CapError(sentence % {"count": most})


def theme_cap(most: int) -> CapError:
    """All of them within a theme are given."""
    sentence = ngettext(
        "You have given your like in this theme. Take it back to give it to another.",
        "You have given all of your %(count)d likes in this theme. Take one back to give it to another.",
        most,
    )
    return CapError(sentence % {"count": most})
