"""Link: what a network, a collective or an initiative has to do with another one, and since when."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from territories.models import Collective

from ..enums import LinkKind
from ..querysets_links import LinkQuerySet
from .initiative import Initiative
from .network import Network

# In this order, which also says which end of a link that reads the same from both comes first.
THINGS = ("network", "collective", "initiative")
FROM = tuple(f"from_{thing}" for thing in THINGS)
TO = tuple(f"to_{thing}" for thing in THINGS)


def _is_one_of(names: tuple[str, ...]) -> Q:
    found = Q()
    for chosen in names:
        found |= Q(**{f"{name}__isnull": name != chosen for name in names})
    return found


def _is_in_order() -> Q:
    """The first end is of an earlier kind of thing than the second, or the one with the lower key."""
    found = Q()
    for place, thing in enumerate(THINGS):
        later = [f"to_{other}" for other in THINGS[place + 1 :]]
        first, second = Q(**{f"from_{thing}__isnull": False}), f"to_{thing}"
        for name in later:
            found |= first & Q(**{f"{name}__isnull": False})
        found |= first & Q(**{f"{second}__isnull": False, f"from_{thing}__lt": F(second)})
    return found


def _end(thing: str, name) -> models.ForeignKey:
    model = {"network": Network, "collective": Collective, "initiative": Initiative}[thing]
    return models.ForeignKey(
        model, on_delete=models.CASCADE, null=True, blank=True, related_name="+", verbose_name=name
    )


class Link(models.Model):
    """The first end does something for the second; kinds that read the same from both stand in one order."""

    from_network = _end("network", pgettext_lazy("first end of a link", "from: partner network"))
    from_collective = _end("collective", pgettext_lazy("first end of a link", "from: collective"))
    from_initiative = _end("initiative", pgettext_lazy("first end of a link", "from: initiative"))
    kind = models.CharField(_("kind"), max_length=12, choices=LinkKind)
    to_network = _end("network", pgettext_lazy("second end of a link", "to: partner network"))
    to_collective = _end("collective", pgettext_lazy("second end of a link", "to: collective"))
    to_initiative = _end("initiative", pgettext_lazy("second end of a link", "to: initiative"))
    since = models.DateField(_("since"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=200, blank=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    objects = LinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("link")
        verbose_name_plural = _("links")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=_is_one_of(FROM) & _is_one_of(TO),
                name="link_has_two_ends",
                violation_error_message=_(
                    "Choose one for each end: a network, a collective or an initiative."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(from_network=F("to_network"))
                & ~Q(from_collective=F("to_collective"))
                & ~Q(from_initiative=F("to_initiative")),
                name="link_of_two",
                violation_error_message=_("Nothing is linked with itself."),
            ),
            models.CheckConstraint(condition=Q(kind__in=LinkKind.values), name="link_kind_known"),
            models.CheckConstraint(
                condition=~Q(kind__in=sorted(LinkKind.mutual())) | _is_in_order(), name="link_in_order"
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(since=None) | Q(until__gte=F("since")), name="link_dates"
            ),
            models.UniqueConstraint(
                fields=[*FROM, *TO, "kind"],
                name="link_once",
                nulls_distinct=False,
                violation_error_message=_("These two are linked in this way already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first} · {self.get_kind_display()} · {self.second}"

    def clean(self) -> None:
        """Put a link that reads the same from both ends in its order; dates must follow each other."""
        self.put_in_order()
        if self.since and self.until and self.until < self.since:
            raise ValidationError({"until": _("It cannot end before it begins.")})

    def put_in_order(self) -> None:
        """Let a link that reads the same from both ends begin with the earlier one."""
        if self.kind in LinkKind.mutual() and self.rank(FROM) > self.rank(TO):
            for first, second in zip(FROM, TO):
                mine, other = getattr(self, f"{first}_id"), getattr(self, f"{second}_id")
                setattr(self, f"{first}_id", other)
                setattr(self, f"{second}_id", mine)

    def rank(self, names: tuple[str, ...]) -> tuple[int, int]:
        """Where an end stands in the order of ends: by the kind of thing, then by its key."""
        keys = [getattr(self, f"{name}_id") for name in names]
        return next(((place, key) for place, key in enumerate(keys) if key), (len(keys), 0))

    @property
    def first(self) -> Network | Collective | Initiative | None:
        """The end that does something for the other one."""
        return self.from_network or self.from_collective or self.from_initiative

    @property
    def second(self) -> Network | Collective | Initiative | None:
        """The other end."""
        return self.to_network or self.to_collective or self.to_initiative
