"""Which meetings of the agenda."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..groups.enums import GroupKind
from ..groups.forms import TerritoryForm
from ..groups.models import Group
from ..topics.models import Topic
from ..widgets import LongSelect

# A list of more is none to choose from; an address may still name any.
MOST_GROUPS = 100


class AgendaForm(TerritoryForm):
    """By where groups are rooted, and by group; private groups are there for their members alone."""

    group = forms.ChoiceField(
        label=gettext_lazy("Group"),
        required=False,
        widget=LongSelect,
        error_messages={"invalid_choice": gettext_lazy("No group of the agenda has this address.")},
    )

    def __init__(self, *args: Any, reader, **kwargs: Any) -> None:
        super().__init__(*args, rows=Group.objects.active().shown_or_of(reader), **kwargs)
        meeting = Topic.objects.filter(starts_at__isnull=False).values("group")
        rows = self.rows.order_by("name", "pk").values_list("slug", "name", "kind")
        named = list(rows.filter(pk__in=meeting)[:MOST_GROUPS])
        asked = self.data.get("group", "")
        if asked and asked not in {slug for slug, _name, _kind in named}:
            named += rows.filter(slug=asked)
        self.kinds = {slug: kind for slug, _name, kind in named}
        self.fields["group"].choices = [("", _("All groups")), *((slug, name) for slug, name, _kind in named)]

    @property
    def feed_query(self) -> dict[str, str] | None:
        """What the calendar of the same meetings is asked for; None where there is none."""
        if not self.is_valid():
            return None
        given = {name: value for name, value in self.cleaned_data.items() if value}
        return None if self.kinds.get(given.get("group", "")) == GroupKind.PRIVATE else given

    def groups(self):
        """The groups; none for what cannot be read."""
        if not self.is_valid():
            return Group.objects.none()
        rows = self.rooted()
        group = self.cleaned_data["group"]
        return rows.filter(slug=group) if group else rows
