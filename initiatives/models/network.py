"""Network: a partner organisation that federates initiatives and brings its data."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from geo.freshness import touches
from vocabulary.models import Licence
from vocabulary.names import TextsField, in_language

from ..querysets import NetworkQuerySet
from .tracking import added_in, notes_initiatives, tracked


class Network(models.Model):
    """A partner network."""

    name = models.CharField(_("name"), max_length=160)
    slug = models.SlugField(_("slug"), max_length=120, unique=True)
    country = models.CharField(_("country"), max_length=2, blank=True)
    website = models.URLField(_("website"), blank=True)
    licence = models.ForeignKey(
        Licence,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("licence of its data"),
    )
    descriptions = TextsField(_("description"), blank=True)
    charter_url = models.URLField(_("address of its charter"), blank=True)
    is_complete = models.BooleanField(
        _("complete"),
        default=True,
        help_text=_("Off when an import made it and someone still has to describe it."),
    )
    stewards = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="stewarded_networks", verbose_name=_("stewards")
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    objects = NetworkQuerySet.as_manager()

    class Meta:
        verbose_name = _("partner network")
        verbose_name_plural = _("partner networks")
        ordering = ["name"]
        triggers = touches("slug")
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="network_has_name")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Page of the network."""
        return reverse("network", args=[self.slug])

    @property
    def description(self) -> str:
        """What it is, in the language of the page."""
        return in_language(self.descriptions)


@tracked()
class NetworkMembership(models.Model):
    """An initiative belongs to a network from a date until, perhaps, another."""

    network = models.ForeignKey(
        Network, on_delete=models.CASCADE, related_name="memberships", verbose_name=_("partner network")
    )
    initiative = models.ForeignKey(
        "Initiative", on_delete=models.CASCADE, related_name="memberships", verbose_name=_("initiative")
    )
    since = models.DateField(_("since"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)
    added_in = added_in()

    class Meta:
        verbose_name = _("membership of a network")
        verbose_name_plural = _("memberships of networks")
        triggers = notes_initiatives()
        constraints = [
            models.UniqueConstraint(
                fields=["network", "initiative"], condition=Q(until=None), name="network_membership_once"
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(since=None) | Q(until__gte=F("since")),
                name="network_membership_dates",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.initiative} · {self.network}"
