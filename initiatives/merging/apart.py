"""Where two entries are that may be the same: both on one small map, and how far apart."""

from typing import Any

from django.contrib.gis.db.models.functions import Distance
from django.utils.translation import gettext as _

from territories.outlines import minimap

from ..minimaps import mark
from ..models import Initiative


def both(kept: Initiative, merged: Initiative) -> dict[str, Any]:
    """For reviewers: exact places, as only they see them; nothing where one of both has none."""
    if kept.position is None or merged.position is None:
        return {}
    rows = Initiative.objects.filter(pk=kept.pk)
    marks = [
        mark(kept, kept.position, label=_("Stays"), side="left"),
        mark(merged, merged.position, label=_("Is merged into it"), side="right"),
    ]
    return {
        "minimap": minimap(marks=marks),
        "minimap_label": _("Map: %(kept)s and %(merged)s") % {"kept": kept.name, "merged": merged.name},
        "apart": rows.values_list(Distance("position", merged.position, spheroid=True), flat=True).get(),
    }
