"""Letterbox: what is remembered of an e-mail address without the address."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Letterbox(models.Model):
    """An address by its fingerprint alone: whether it is its owner's, when they were written to, what they want."""

    fingerprint = models.CharField(_("fingerprint"), max_length=64, unique=True, editable=False)
    confirmed_at = models.DateTimeField(_("address confirmed"), null=True, blank=True)
    asked_at = models.DateTimeField(_("last asked to confirm"), null=True, blank=True)
    told_at = models.DateTimeField(_("last told"), null=True, blank=True)
    silent_since = models.DateTimeField(_("wants no yearly question since"), null=True, blank=True)
    desk_told_at = models.DateTimeField(_("last told what waits"), null=True, blank=True)
    desk_silent_since = models.DateTimeField(_("is not told what waits since"), null=True, blank=True)

    class Meta:
        verbose_name = _("letterbox")
        verbose_name_plural = _("letterboxes")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.fingerprint[:12]
