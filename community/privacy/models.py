"""ConsentChange: a step in what a member agrees to; RetentionRun: what a night deleted."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ConsentChange(models.Model):
    """Who sees what of a member, from then on; written by what changes it and never changed after."""

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="consent_changes",
        verbose_name=_("member"),
    )
    what = models.CharField(_("what"), max_length=40)
    before = models.CharField(_("before"), max_length=10)
    after = models.CharField(_("after"), max_length=10)
    at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        verbose_name = _("change of consent")
        verbose_name_plural = _("changes of consent")
        ordering = ["-at", "-pk"]
        # Only an account that is deleted gives up its rows; then they may go.
        triggers = [
            pgtrigger.Protect(
                name="consent_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "NEW.member_id IS NOT NULL OR OLD.member_id IS NULL OR "
                    "(NEW.id, NEW.what, NEW.before, NEW.after, NEW.at) IS DISTINCT FROM "
                    "(OLD.id, OLD.what, OLD.before, OLD.after, OLD.at)"
                ),
            ),
            pgtrigger.Protect(
                name="consent_is_kept",
                operation=pgtrigger.Delete,
                condition=pgtrigger.Condition("OLD.member_id IS NOT NULL"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.what}: {self.after}"


class RetentionRun(models.Model):
    """One kind of thing whose time was over: how many of it a night deleted."""

    what = models.CharField(_("what"), max_length=40)
    deleted = models.PositiveIntegerField(_("deleted"))
    at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        verbose_name = _("nightly deletion")
        verbose_name_plural = _("nightly deletions")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.what}: {self.deleted}"
