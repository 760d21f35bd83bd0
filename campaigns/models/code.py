"""BallotCode: a code that was mailed to an address without an account, until it is used or its time is over."""

from datetime import timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .campaign import Campaign

GOOD_FOR = timedelta(minutes=15)
MOST_TRIES = 5


def _soon():
    return timezone.now() + GOOD_FOR


class BallotCode(models.Model):
    """What proves an address for one campaign; neither the address nor the code can be read here."""

    campaign = models.ForeignKey(
        Campaign, on_delete=models.CASCADE, related_name="codes", verbose_name=_("campaign")
    )
    address = models.CharField(_("address, as a digest"), max_length=64, editable=False)
    code = models.CharField(_("code, as a digest"), max_length=64, editable=False)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    expires_at = models.DateTimeField(_("good until"), default=_soon)
    is_disposable = models.BooleanField(_("address of a throw-away service"), default=False)

    class Meta:
        verbose_name = _("mailed code")
        verbose_name_plural = _("mailed codes")
        ordering = ["-expires_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["campaign", "address"], name="ballot_code_once")]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_over(self) -> bool:
        """Whether it proves nothing any more."""
        return timezone.now() > self.expires_at or self.tries >= MOST_TRIES
