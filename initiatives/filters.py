"""The filters that every door shares, as one django-filter set; higher rooms add theirs with selection.register."""

import django_filters
from django import forms
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from community.models import Group
from territories.models import Collective, Territory
from vocabulary.exchange import Kind
from vocabulary.models import LegalForm, Theme

from .fields import BBoxField, CategoriesField, InstantField, LanguagesField, NearField, SlugsField, YearField
from .models import Exchange, Initiative, Network
from .querysets import InitiativeQuerySet

LONGEST_QUERY = 200


class SlugsFilter(django_filters.Filter):
    """Rows named by their slugs."""

    field_class = SlugsField


class CategoriesFilter(django_filters.Filter):
    """Categories of what initiatives offer or look for."""

    field_class = CategoriesField


class WordsFilter(django_filters.Filter):
    """Words to search for."""

    field_class = forms.CharField


class BBoxFilter(django_filters.Filter):
    """A box."""

    field_class = BBoxField


class NearFilter(django_filters.Filter):
    """A circle."""

    field_class = NearField


class InstantFilter(django_filters.Filter):
    """A date or instant."""

    field_class = InstantField


class YearFilter(django_filters.Filter):
    """A year."""

    field_class = YearField


class LanguagesFilter(django_filters.Filter):
    """Language codes."""

    field_class = LanguagesField


class LocatedFilter(django_filters.ChoiceFilter):
    """Whether a public position is asked for."""


class InitiativeFilterSet(django_filters.FilterSet):
    """Query parameters of a selection; each method narrows the queryset."""

    q = WordsFilter(label=_("Words"), method="by_words", max_length=LONGEST_QUERY, strip=True)
    theme = SlugsFilter(label=_("Themes"), method="by_theme", rows=lambda: Theme.objects.all())
    territory = SlugsFilter(
        label=_("Territory"),
        method="by_territory",
        rows=lambda: Territory.objects.without_boundary(),
        key="code",
    )
    network = SlugsFilter(label=_("Network"), method="by_network", rows=lambda: Network.objects.all())
    collective = SlugsFilter(
        label=_("Collective"), method="by_collective", rows=lambda: Collective.objects.published()
    )
    # A private group is not there, not even for its members: what answers here may be kept for others.
    group = SlugsFilter(label=_("Group"), method="by_group", rows=lambda: Group.objects.shown())
    offers = CategoriesFilter(label=_("Offers"), method="by_offers")
    needs = CategoriesFilter(label=_("Needs"), method="by_needs")
    legal_form = SlugsFilter(
        label=_("Legal form"), method="by_legal_form", rows=lambda: LegalForm.objects.all()
    )
    language = LanguagesFilter(label=_("Language spoken"), method="by_language")
    since = YearFilter(label=_("Founded since"), method="by_year")
    bbox = BBoxFilter(label=_("Box"), method="by_bbox")
    near = NearFilter(label=_("Distance"), method="by_distance")
    updated_since = InstantFilter(label=_("Updated since"), method="by_update")
    located = LocatedFilter(
        label=_("Position"),
        method="by_position",
        choices=[
            ("yes", pgettext_lazy("initiatives", "with a position")),
            ("no", pgettext_lazy("initiatives", "without a position")),
            ("any", pgettext_lazy("initiatives", "with or without a position")),
        ],
    )

    class Meta:
        model = Initiative
        fields: list[str] = []

    def by_words(self, rows: InitiativeQuerySet, name: str, value: str) -> InitiativeQuerySet:
        """All words, accent- and case-blind."""
        return rows.matching(value)

    def by_theme(self, rows: InitiativeQuerySet, name: str, value: list) -> InitiativeQuerySet:
        """Any of the themes; one of the ten takes its subthemes too."""
        ids = Theme.objects.within([theme.slug for theme in value]).values("pk")
        return rows.themed(ids)

    def by_territory(self, rows: InitiativeQuerySet, name: str, value: list) -> InitiativeQuerySet:
        """Public position inside any of the territories."""
        return rows.in_territories([territory.pk for territory in value])

    def by_network(self, rows: InitiativeQuerySet, name: str, value: list) -> InitiativeQuerySet:
        """Members of any of the networks."""
        return rows.of_networks([network.pk for network in value])

    def by_collective(self, rows: InitiativeQuerySet, name: str, value: list) -> InitiativeQuerySet:
        """Carried by any of the collectives."""
        return rows.filter(collective__in=value)

    def by_group(self, rows: InitiativeQuerySet, name: str, value: list) -> InitiativeQuerySet:
        """That any of the groups work on."""
        return rows.of_groups([group.pk for group in value])

    def by_offers(self, rows: InitiativeQuerySet, name: str, value: list[str]) -> InitiativeQuerySet:
        """With an open offer of any of the categories."""
        return _exchanging(rows, Kind.OFFER, value)

    def by_needs(self, rows: InitiativeQuerySet, name: str, value: list[str]) -> InitiativeQuerySet:
        """With an open need of any of the categories."""
        return _exchanging(rows, Kind.NEED, value)

    def by_legal_form(self, rows: InitiativeQuerySet, name: str, value: list) -> InitiativeQuerySet:
        """Any of the forms; a generic one takes its national ones too."""
        return rows.filter(
            legal_form__in=LegalForm.objects.within([form.slug for form in value]).values("pk")
        )

    def by_language(self, rows: InitiativeQuerySet, name: str, value: list[str]) -> InitiativeQuerySet:
        """Where any of the languages is spoken."""
        return rows.filter(languages__overlap=value)

    def by_year(self, rows: InitiativeQuerySet, name: str, value: int) -> InitiativeQuerySet:
        """Founded in this year or later."""
        return rows.filter(founded__gte=value)

    def by_bbox(self, rows: InitiativeQuerySet, name: str, value) -> InitiativeQuerySet:
        """Public position inside the box."""
        return rows.in_box(value)

    def by_distance(self, rows: InitiativeQuerySet, name: str, value) -> InitiativeQuerySet:
        """Public position inside the circle."""
        return rows.near(value.point, value.metres)

    def by_update(self, rows: InitiativeQuerySet, name: str, value) -> InitiativeQuerySet:
        """Changed at this instant or later."""
        return rows.filter(updated_at__gte=value)

    def by_position(self, rows: InitiativeQuerySet, name: str, value: str) -> InitiativeQuerySet:
        """With, without, or both; the selection applies its default itself."""
        return {"yes": rows.located, "no": rows.unlocated, "any": rows.all}[value]()


def _exchanging(rows: InitiativeQuerySet, kind: Kind, categories: list[str]) -> InitiativeQuerySet:
    of_these = Exchange.objects.on_initiatives(kind).filter(category__in=categories)
    return rows.filter(Exists(of_these.filter(initiative=OuterRef("pk"))))
