"""Languages that members say they speak."""

from django.utils.translation import get_language_info, gettext
from django.utils.translation import gettext_lazy as _

from vocabulary.names import in_order

# ISO 639-1, of Europe and of those who live in it; Django has names of most in our languages.
# fmt: off
SPOKEN = (
    "ar", "be", "bg", "br", "bs", "ca", "cs", "cy", "da", "de", "el", "en", "es", "et", "eu", "fi",
    "fr", "ga", "gl", "hr", "hu", "is", "it", "lb", "lt", "lv", "mk", "mt", "nb", "nl", "oc", "pl",
    "pt", "ro", "ru", "sk", "sl", "sq", "sr", "sv", "tr", "uk",
)
# fmt: on
OURS = {"nb": _("Norwegian"), "mt": _("Maltese"), "oc": _("Occitan")}


def name(code: str) -> str:
    """A language in the language of the page, its code where there is no name."""
    if code in OURS:
        return gettext(str(OURS[code]))
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code


def choices() -> list[tuple[str, str]]:
    """(code, name) in the order of the alphabet."""
    return sorted(((code, name(code)) for code in SPOKEN), key=lambda pair: in_order(pair[1]))
