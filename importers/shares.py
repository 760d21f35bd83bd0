"""A source that suddenly lost or changed most of its records is rather broken than right: somebody has to look."""

from django.conf import settings

from .errors import TooMuchError


def check_share(known: int, changed: int, gone: int) -> None:
    """Compare with what the settings allow of the known records; TooMuchError."""
    for told, number, most in (
        ("no longer there", gone, settings.IMPORT_MOST_GONE),
        ("changed", changed, settings.IMPORT_MOST_CHANGED),
    ):
        if number > settings.IMPORT_FEW and number * 100 > most * known:
            raise TooMuchError(told, number, known, most)
