"""What a mapping finds in a record: texts by field, before anything is cleaned."""

from .mapping import Mapping, Rule
from .text import as_text, is_empty
from .transforms import TRANSFORMS


def _parts(rule: Rule, values: dict) -> list[str]:
    """The texts a rule finds in a record: the first filled column or all joined, transformed, split."""
    texts = []
    for column in rule.columns:
        text = as_text(values.get(column))
        if not is_empty(text):
            texts.append(text)
            if not rule.join:
                break
    if not texts:
        return texts
    text = rule.join.join(texts)
    parts = text.split(rule.split) if rule.split else [text]
    if not (rule.split or rule.transform):
        return parts
    for name in rule.transform:
        parts = [TRANSFORMS[name](part) for part in parts]
    return [part for part in parts if not is_empty(part)]


class Texts:
    """One text for each field of a mapping that a record fills."""

    def __init__(self, mapping: Mapping) -> None:
        # Most fields are one column as it stands.
        self._plain = [(name, rule.columns[0]) for name, rule in mapping.fields.items() if _is_plain(rule)]
        self._other = [(name, rule) for name, rule in mapping.fields.items() if not _is_plain(rule)]

    def of(self, values: dict) -> dict[str, str]:
        """By the names of the fields."""
        found = {}
        for name, column in self._plain:
            value = values.get(column)
            text = value if type(value) is str else as_text(value)
            if text and not is_empty(text):
                found[name] = text
        for name, rule in self._other:
            if parts := _parts(rule, values):
                found[name] = "; ".join(parts)
        return found


def _is_plain(rule: Rule) -> bool:
    return len(rule.columns) == 1 and not (rule.split or rule.transform)
