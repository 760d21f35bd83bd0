"""Which meetings of the agenda."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from territories.models import Territory

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
        rows = self.rows.order_by("name", "pk").only("slug", "name", "kind")
        named = list(rows.filter(pk__in=meeting)[:MOST_GROUPS])
        asked = self.data.get("group", "")
        if asked and asked not in {row.slug for row in named}:
            named += rows.filter(slug=asked)
        self.by_slug = {row.slug: row for row in named}
        self.fields["group"].choices = [("", _("All groups")), *((row.slug, row.name) for row in named)]

    @property
    def feed_query(self) -> dict[str, str] | None:
        """What the calendar of the same meetings is asked for; None where there is none."""
        if not self.is_valid():
            return None
        given = {name: value for name, value in self.cleaned_data.items() if value}
        chosen = self.by_slug.get(given.get("group", ""))
        return None if chosen and chosen.is_private else given

    @property
    def territory(self) -> Territory | None:
        """The territory that was asked for, of what can be read."""
        return self.around.get(self.cleaned_data["territory"])

    def groups(self):
        """The groups; none for what cannot be read."""
        if not self.is_valid():
            return Group.objects.none()
        rows = self.rooted()
        group = self.cleaned_data["group"]
        return rows.filter(slug=group) if group else rows
