"""Reading the vocabulary."""

from django.db import models


class ThemeQuerySet(models.QuerySet):
    """Themes by their place in the tree."""

    def roots(self) -> "ThemeQuerySet":
        """The ten themes."""
        return self.filter(parent=None)

    def within(self, slugs: list[str]) -> "ThemeQuerySet":
        """Themes with these slugs and their subthemes."""
        return self.filter(models.Q(slug__in=slugs) | models.Q(parent__slug__in=slugs))


class LegalFormQuerySet(models.QuerySet):
    """Legal forms by their place in the tree."""

    def generic(self) -> "LegalFormQuerySet":
        """The nine forms that people filter by."""
        return self.filter(parent=None)

    def within(self, slugs: list[str]) -> "LegalFormQuerySet":
        """Forms with these slugs and the national ones under them."""
        return self.filter(models.Q(slug__in=slugs) | models.Q(parent__slug__in=slugs))
