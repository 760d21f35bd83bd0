"""What a mapping finds in a record: texts by field, before anything is cleaned."""

from .mapping import Mapping, Rule
from .text import as_text, is_empty
from .transforms import TRANSFORMS


def rule_parts(rule: Rule, values: dict) -> list[str]:
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


def texts_of(mapping: Mapping, values: dict) -> dict[str, str]:
    """One text for each field of the mapping that the record fills."""
    found = {name: rule_parts(rule, values) for name, rule in mapping.fields.items()}
    return {name: "; ".join(parts) for name, parts in found.items() if parts}
