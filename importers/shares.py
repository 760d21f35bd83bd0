"""A source that suddenly lost or changed most of its records is rather broken than right: somebody has to look."""

from django.conf import settings
from django.utils.translation import gettext_noop as _

from .errors import TooMuchError

MUCH_GONE = _(
    "%(number)s of %(known)s records no longer there (%(share)s %%); expected at most %(most)s %%, or to be told so"
)
MUCH_CHANGED = _(
    "%(number)s of %(known)s records changed (%(share)s %%); expected at most %(most)s %%, or to be told so"
)


def check_share(known: int, changed: int, gone: int) -> None:
    """Compare with what the settings allow of the known records; TooMuchError."""
    for told, number, most in (
        (MUCH_GONE, gone, settings.IMPORT_MOST_GONE),
        (MUCH_CHANGED, changed, settings.IMPORT_MOST_CHANGED),
    ):
        if number > settings.IMPORT_FEW and number * 100 > most * known:
            raise TooMuchError(told, number, known, most)
