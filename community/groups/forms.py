"""Forms about groups and their people."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Case, F, Q, QuerySet, When
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from territories.enums import ADMINISTRATIVE
from territories.models import Collective, Territory
from vocabulary.names import in_language, in_order

from ..collectives.forms import page_language
from ..collectives.where import WhereForm
from ..spaces.models import Space
from ..widgets import LongSelect
from . import rules
from .enums import Frequency, GroupKind, GroupRole
from .models import LONGEST_MESSAGE, LONGEST_PURPOSE, Group, GroupMembership

KINDS = {
    GroupKind.PUBLIC: (
        gettext_lazy("Public"),
        gettext_lazy("Everyone reads. Who wants to join asks, and those who run the group decide."),
    ),
    GroupKind.OPEN: (
        gettext_lazy("Open"),
        gettext_lazy("Everyone reads. Anyone with an account joins at once."),
    ),
    GroupKind.PRIVATE: (
        gettext_lazy("Private"),
        gettext_lazy("Members only, by invitation. For everyone else the group is not there."),
    ),
}
# More places in a list than somebody looks through.
MOST_PLACES = 60
ROLES = [
    (GroupRole.MEMBER, gettext_lazy("Member")),
    (GroupRole.ANIMATOR, gettext_lazy("Animator: invites, decides on requests, changes the group")),
]


class GroupForm(WhereForm):
    """A group: what it is called and for, who comes in, what it is rooted in."""

    field_order = ("name", "purpose", "kind", "where", "territory", "collective")
    name = forms.CharField(
        label=gettext_lazy("Name of the group"), max_length=Group._meta.get_field("name").max_length
    )
    purpose = forms.CharField(
        label=gettext_lazy("What is it for?"),
        max_length=LONGEST_PURPOSE,
        widget=forms.Textarea({"rows": 4}),
        help_text=gettext_lazy("One or two sentences, in the language of the group."),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Who reads it, and how does one come in?"),
        choices=[(kind, words) for kind, (words, _line) in KINDS.items()],
        initial=GroupKind.OPEN,
        widget=forms.RadioSelect,
    )
    collective = forms.ModelChoiceField(
        label=gettext_lazy("Or one of your collectives"),
        queryset=Collective.objects.none(),
        required=False,
        empty_label=gettext_lazy("None"),
    )

    def __init__(
        self, *args: Any, member, group: Group | None = None, space: Space | None = None, **kwargs: Any
    ) -> None:
        self.group = group
        self.space = group.space if group else space
        if group is not None:
            kwargs["initial"] = {
                "name": group.name,
                "purpose": group.purpose,
                "kind": group.kind,
                "where": group.territory.name if group.territory else "",
                "collective": group.collective_id,
            }
        super().__init__(*args, **kwargs)
        self.fields["where"].required = False
        if self.space and self.space.is_private:
            self.fields["kind"].choices = [(GroupKind.PRIVATE, KINDS[GroupKind.PRIVATE][0])]
            self.fields["kind"].initial = GroupKind.PRIVATE
        known = rules.may_root_in(member).values("pk")
        present = group.collective_id if group else None
        rows = Collective.objects.filter(Q(pk__in=known) | Q(pk=present))
        self.fields["collective"].queryset = rows.defer("perimeter").order_by("name", "pk")

    def find(self, words: str) -> list[Territory]:
        """Its territory where nothing else was typed; its name alone may mean several."""
        present = self.group and self.group.territory
        return [present] if present and words == present.name else super().find(words)

    def clean(self) -> dict[str, Any]:
        """One anchor."""
        cleaned = super().clean()
        if cleaned.get("where") and cleaned.get("collective"):
            self.add_error("collective", _("Choose a territory or a collective, not both."))
        return cleaned

    @property
    def has_collectives(self) -> bool:
        """Whether there is one to choose."""
        return len(self.fields["collective"].choices) > 1

    @property
    def kinds(self) -> Iterator[tuple[Any, str, str]]:
        """(radio, name, what it means) of each kind."""
        for option in self["kind"]:
            yield option, *KINDS[GroupKind(option.data["value"])]

    def values(self) -> dict[str, Any]:
        """What the actions take; a group keeps the language that it began in."""
        given = self.cleaned_data
        values = {name: given[name] for name in ("name", "purpose", "kind", "collective")}
        if self.group is None:
            values |= {"language": page_language(), "space": self.space}
        return values | {"territory": self.chosen}


class TerritoryForm(forms.Form):
    """Which of some groups, by where they are rooted."""

    territory = forms.ChoiceField(
        label=gettext_lazy("Territory"),
        required=False,
        widget=LongSelect,
        error_messages={"invalid_choice": gettext_lazy("No group is rooted there.")},
    )

    def __init__(self, *args: Any, rows: QuerySet[Group], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = rows
        self.around = {
            code: (key, names) for key, code, names in self._around(self.data.get("territory", ""))
        }
        named = [(code, in_language(names)) for code, (_key, names) in self.around.items()]
        self.fields["territory"].choices = [
            ("", _("All territories")),
            *sorted(named, key=lambda pair: in_order(pair[1])),
        ]

    def _around(self, asked: str) -> list[tuple[int, str, dict[str, str]]]:
        """Where groups are rooted, and what these places are part of, the largest; and the one that is asked for.

        Key, code and names alone: a menu of some hundred is made for each page.
        """
        groups = self.rows.order_by()
        rooted = Q(pk__in=groups.values("territory")) | Q(pk__in=groups.values("collective__territory"))
        parts = Territory.objects.filter(rooted).values("parent")
        found = Territory.objects.filter(rooted | Q(pk__in=parts)).values_list("pk", "code", "names")
        rank = Case(
            *(When(scheme=scheme, then=place) for place, scheme in enumerate(ADMINISTRATIVE)), default=9
        )
        rows = list(found.order_by(rank, F("population").desc(nulls_last=True), "pk")[:MOST_PLACES])
        if len(rows) == MOST_PLACES and asked and asked not in {code for _key, code, _names in rows}:
            rows += found.filter(code=asked.replace("\x00", ""))
        return rows

    def rooted(self) -> QuerySet[Group]:
        """Those that are rooted where it was asked for, once that is valid."""
        chosen = self.chosen_territory
        return self.rows.rooted_in(chosen) if chosen else self.rows

    @property
    def chosen_territory(self) -> Territory | None:
        """The one that was asked for, of what can be read, with its key, code and names."""
        code = self.cleaned_data["territory"]
        if code not in self.around:
            return None
        key, names = self.around[code]
        return Territory(pk=key, code=code, names=names)


class FilterForm(TerritoryForm):
    """Which groups of the list."""

    q = forms.CharField(label=gettext_lazy("Words"), max_length=100, required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), required=False)
    field_order = ["q", "kind", "territory"]

    def __init__(self, *args: Any, reader, **kwargs: Any) -> None:
        super().__init__(*args, rows=Group.objects.active().visible_to(reader), **kwargs)
        kinds = [(kind, words) for kind, (words, _line) in KINDS.items()]
        self.fields["kind"].choices = [("", _("All kinds")), *kinds]

    def found(self) -> QuerySet[Group]:
        """The groups; none for what cannot be read."""
        if not self.is_valid():
            return Group.objects.none()
        given = self.cleaned_data
        rows = self.rooted().about(given["q"])
        return rows.filter(kind=given["kind"]) if given["kind"] else rows


class AskForm(forms.Form):
    """A word to those who run a group."""

    message = forms.CharField(
        label=gettext_lazy("Message"),
        max_length=LONGEST_MESSAGE,
        required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text=gettext_lazy("Who decides reads this with your name, and nobody else."),
    )


class FrequencyForm(forms.Form):
    """How often somebody gets mail of a group."""

    frequency = forms.ChoiceField(
        label=gettext_lazy("How often do you want mail of the group?"),
        choices=Frequency,
        widget=forms.RadioSelect,
    )


class _Person(forms.ModelChoiceField):
    def label_from_instance(self, membership: GroupMembership) -> str:
        return str(membership.member)


class HandOverForm(forms.Form):
    """Who is to run the group."""

    to = _Person(
        label=gettext_lazy("Who runs the group from now on?"), queryset=GroupMembership.objects.none()
    )

    def __init__(self, *args: Any, group: Group, member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = group.memberships.filter(member__is_active=True).exclude(member=member)
        self.fields["to"].queryset = others.select_related("member").order_by("member__public_name", "pk")


def told(error: ValidationError) -> str:
    """What an action says, in one line."""
    return " ".join(error.messages)
