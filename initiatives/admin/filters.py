"""Filters of the administration's lists."""

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from vocabulary.models import Theme


class RootThemeFilter(admin.SimpleListFilter):
    """One of the ten themes; takes its subthemes too."""

    title = _("main theme")
    parameter_name = "theme"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        """The ten themes by name."""
        return [(theme.slug, theme.name) for theme in Theme.objects.roots()]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """Rows whose main theme is the chosen one or under it."""
        slug = self.value()
        if not slug:
            return queryset
        return queryset.filter(Q(primary_theme__slug=slug) | Q(primary_theme__parent__slug=slug))
