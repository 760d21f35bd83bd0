"""The parameter by which a door that has no language before its address is asked for one."""

from django.conf import settings
from django.utils.translation import gettext as _

from geo.errors import InvalidParameterError

LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)


def check_language(language: str) -> None:
    """Refuse what is no language of the site."""
    if language not in LANGUAGES:
        names = {"names": ", ".join(LANGUAGES)}
        raise InvalidParameterError("lang", _("Expected one of %(names)s.") % names)
