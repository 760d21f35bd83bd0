"""How the map shows itself in a frame, beside its selection: what stands beside it, its colours, where it opens."""

import re
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

LIST, FILTERS = "list", "filters"
PANELS = (LIST, FILTERS)
SCHEMES = ("light", "dark")
NAMES = ("panel", "scheme", "view")
VIEW = re.compile(r"(\d{1,2})/(-?\d{1,2}(?:\.\d{1,7})?)/(-?\d{1,3}(?:\.\d{1,7})?)", re.ASCII)
ZOOMS = range(2, 19)


@dataclass(frozen=True)
class Look:
    """`panel`: a list beside the map, or one with search and themes too; `view`: zoom/latitude/longitude.

    Empty texts are the map alone, the colours of the reader's system, and where the chosen initiatives are.
    """

    panel: str = ""
    scheme: str = ""
    view: str = ""

    @property
    def query(self) -> str:
        """As parameters of the page for frames."""
        return urlencode({name: getattr(self, name) for name in NAMES if getattr(self, name)}, safe="/")


def is_view(text: str) -> bool:
    """Whether a text is a zoom, a latitude and a longitude that the map can show."""
    found = VIEW.fullmatch(text)
    return (
        bool(found) and int(found[1]) in ZOOMS and abs(float(found[2])) <= 85 and abs(float(found[3])) <= 180
    )


def read(data: QueryDict) -> tuple[Look, dict[str, str]]:
    """How the map shall look, and errors by parameter."""
    expected = {
        "panel": (lambda text: text in PANELS, _("Expected list or filters.")),
        "scheme": (lambda text: text in SCHEMES, _("Expected light or dark.")),
        "view": (is_view, _("Expected zoom/latitude/longitude, such as 8/45.76/4.84.")),
    }
    values, errors = {}, {}
    for name, (is_right, message) in expected.items():
        texts = data.getlist(name)
        if len(texts) > 1:
            errors[name] = _("Given %(times)s times, expected once.") % {"times": len(texts)}
        elif texts and texts[0] and not is_right(texts[0]):
            errors[name] = message
        elif texts:
            values[name] = texts[0]
    return Look(**values), errors
