"""The licence of a record: known, one under which it may not be published again, or unknown."""

import re
from collections.abc import Sequence

from django.utils.translation import gettext_noop as _

from .text import fold

# Under these nobody may use a record for anything, or change it (Open Definition 2.1, sections 2.1.2, 2.1.3, 2.1.8).
FORBIDDING = {
    _(
        "non-commercial"
    ): r"\b(?:by|cc) nc\b|\bnc (?:sa|nd)\b|\bnon ?comm?erc|\bno comercial|\bnicht ?kommerziell|"
    r"\bpas d (?:utilisation|usage) commercial",
    _("no derivatives"): r"\b(?:by|cc|nc) nd\b|\bno ?deriv|\bkeine bearbeitung|\bpas de modification|"
    r"\bsans (?:derive|modification)|\bsin (?:obras? )?derivad|\bnon? opere derivate",
}
# Read last: who gives a licence names the holder of the copyright as well.
RESERVED = re.compile(
    r"\b(?:all rights reserved|tous droits reserves|alle rechte vorbehalten|todos los derechos reservados|"
    r"tutti i diritti riservati|propriet(?:ary|aire|ario|ar)|copyright(?:ed)?)\b"
)
# Of those we name, the more particular ones first; a version that the table does not have is another licence.
KNOWN = (
    (
        "CC0-1.0",
        r"\bcc ?0\b|\bcc zero\b|\bpublic ?domain\b|\bdomaine public\b|\bgemeinfrei\b|\bdominio publico\b",
        "",
    ),
    ("ODbL-1.0", r"\bodbl\b|\bopen database licen[cs]e\b|\blicence odbl\b", r"\b1 0\b"),
    ("CC-BY-SA-4.0", r"\bby sa\b|\bshare ?alike\b", r"\b4 0\b"),
    ("CC-BY-4.0", r"\bcc by\b|\blicenses by\b|\bcreative commons attribution\b", r"\b4 0\b"),
    ("etalab-2.0", r"\betalab\b|\blicen[cs]e ouverte\b|\blov ?2\b", r"\b2 0\b|\blov ?2\b"),
    ("OGL-UK-3.0", r"\bogl\b|\bopen government licen[cs]e\b", r"\bv?3\b"),
)
VERSION = re.compile(r"\bv?\d+(?: \d+)?\b")
OTHER = "other"


class Licences:
    """Recognises licences by code, address or name in five languages."""

    def __init__(self, rows: Sequence[tuple[str, str, int]]) -> None:
        """`rows`: code, address and key of each that the house knows."""
        self._ids = {code: pk for code, _url, pk in rows}
        self._exact = {_plain(text): pk for code, url, pk in rows if code != OTHER for text in (code, url)}

    def of_code(self, code: str) -> int | None:
        """Its key, by the code of our table; KeyError for a code that is not there."""
        return self._ids[code] if code else None

    def read(self, text: str) -> tuple[int | None, str]:
        """(key, why not): a key where it is known, a reason where it forbids what we do, neither where unknown."""
        plain = _plain(text)
        if pk := self._exact.get(plain):
            return pk, ""
        for reason, pattern in FORBIDDING.items():
            if re.search(pattern, plain):
                return None, reason
        for code, pattern, version in KNOWN:
            if re.search(pattern, plain):
                named = VERSION.search(re.sub(pattern, " ", plain, count=1))
                is_ours = not version or not named or re.search(version, plain)
                return self._ids.get(code if is_ours else OTHER), ""
        return None, _("all rights reserved") if RESERVED.search(plain) else ""


def _plain(text: str) -> str:
    """Folded, without scheme: addresses and names compare as words."""
    return fold(re.sub(r"^https?://(?:www\.)?", "", text.strip()).replace("©", " copyright "))
