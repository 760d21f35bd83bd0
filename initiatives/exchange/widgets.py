"""Controls that a form shows several times under one name."""

from typing import Any

from django import forms
from django.utils.html import format_html_join
from django.utils.safestring import SafeString


class Several(forms.Widget):
    """The same control once for each value, and once or more for another; it works without script."""

    def __init__(self, inner: forms.Widget, *, least: int, most: int) -> None:
        super().__init__()
        self.inner, self.least, self.most = inner, least, most

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        """What was filled in, in order."""
        given = data.getlist(name) if hasattr(data, "getlist") else data.get(name, [])
        return [value for value in given if value][: self.most + 1]

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Whether the form was sent without any of them."""
        return name not in data

    def id_for_label(self, id_: str) -> str:
        """The first one."""
        return f"{id_}_1"

    def render(self, name: str, value: Any, attrs: dict | None = None, renderer: Any = None) -> SafeString:
        """One for each value, and empty ones."""
        values = list(value or [])
        number = min(self.most, max(self.least, len(values) + 1))
        attrs = dict(attrs or {})
        id_, label = attrs.pop("id", f"id_{name}"), attrs.pop("data-label", "")
        return format_html_join(
            "\n",
            "{}",
            (
                (
                    self.inner.render(
                        name,
                        values[place - 1] if place <= len(values) else None,
                        {**attrs, "id": f"{id_}_{place}"}
                        | ({"aria-label": f"{label} {place}"} if place > 1 else {}),
                        renderer,
                    ),
                )
                for place in range(1, number + 1)
            ),
        )
