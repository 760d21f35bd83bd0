"""Reads iCalendar back, as RFC 5545 says: unfolded, by name, with values of texts as they were."""

import re

SIGNS = {"n": "\n", "N": "\n"}


def plain(value: str) -> str:
    """A TEXT without its backslashes."""
    return re.sub(r"\\(.)", lambda found: SIGNS.get(found[1], found[1]), value)


def lines(body: bytes) -> list[str]:
    """Lines of content; every line of the file ends in CRLF and has at most 75 octets of whole signs."""
    assert body.endswith(b"\r\n")
    rows = body.split(b"\r\n")[:-1]
    for row in rows:
        assert len(row) <= 75
        assert b"\n" not in row
        assert b"\r" not in row
        row.decode()
    return re.sub("\r\n[ \t]", "", body.decode()).split("\r\n")[:-1]


def events(body: bytes) -> list[dict[str, str]]:
    """Each entry by the names of its properties; a property that stands twice is none of ours."""
    found, here = [], None
    rows = lines(body)
    assert (rows[0], rows[1], rows[-1]) == ("BEGIN:VCALENDAR", "VERSION:2.0", "END:VCALENDAR")
    for row in rows[1:-1]:
        name, value = row.split(":", 1)
        if row == "BEGIN:VEVENT":
            assert here is None
            here = {}
        elif row == "END:VEVENT":
            found.append(here)
            here = None
        elif here is not None:
            assert name not in here
            here[name] = plain(value)
    assert here is None
    return found
