"""Reads a translation catalog (.po) as far as a check needs it."""

import ast
import re
from dataclasses import dataclass

KEYWORD = re.compile(r'(msgctxt|msgid_plural|msgid|msgstr(?:\[\d+\])?) (".*")')


@dataclass(frozen=True)
class Entry:
    """One message with its translations, one for each plural form."""

    context: str
    text: str
    translations: tuple[str, ...]
    fuzzy: bool

    @property
    def key(self) -> tuple[str, str]:
        """What makes it that message."""
        return (self.context, self.text)

    @property
    def is_translated(self) -> bool:
        """Whether every form is there."""
        return bool(self.translations) and all(self.translations)


def read(content: str) -> list[Entry]:
    """The messages in use; obsolete ones and the header are left out."""
    return [entry for block in re.split(r"\n\s*\n", content) if (entry := _entry(block)) and entry.text]


def _entry(block: str) -> Entry | None:
    fields: dict[str, str] = {}
    fuzzy, last = False, ""
    for line in block.splitlines():
        if line.startswith("#,"):
            fuzzy = fuzzy or "fuzzy" in line
        elif match := KEYWORD.fullmatch(line.strip()):
            last = match[1]
            fields[last] = ast.literal_eval(match[2])
        elif last and line.startswith('"'):
            fields[last] += ast.literal_eval(line.strip())
    if "msgid" not in fields:
        return None
    forms = tuple(value for name, value in fields.items() if name.startswith("msgstr"))
    return Entry(fields.get("msgctxt", ""), fields["msgid"], forms, fuzzy)
