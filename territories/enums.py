"""Schemes of territories, from the largest to the smallest within each family."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Scheme(TextChoices):
    """What kind of area a territory is."""

    COUNTRY = "country", _("country")
    NUTS1 = "nuts1", _("NUTS 1")
    NUTS2 = "nuts2", _("NUTS 2")
    NUTS3 = "nuts3", _("NUTS 3")
    REGION = "region", _("region")
    DEPARTMENT = "department", _("department")
    INTERMUNICIPALITY = "intermunicipality", _("intermunicipality")
    MUNICIPALITY = "municipality", _("municipality")
    CUSTOM = "custom", _("own perimeter")


# Largest first: a territory's parent stands before it in its own family.
ADMINISTRATIVE = (
    Scheme.COUNTRY,
    Scheme.REGION,
    Scheme.DEPARTMENT,
    Scheme.INTERMUNICIPALITY,
    Scheme.MUNICIPALITY,
)
STATISTICAL = (Scheme.COUNTRY, Scheme.NUTS1, Scheme.NUTS2, Scheme.NUTS3)
FAMILIES = (ADMINISTRATIVE, STATISTICAL, (Scheme.CUSTOM,))


class CollectiveStatus(TextChoices):
    """Whether a collective is shown."""

    DRAFT = "draft", _("draft")
    PUBLISHED = "published", _("published")
    ARCHIVED = "archived", _("archived")
