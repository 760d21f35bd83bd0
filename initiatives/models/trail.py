"""What happened to an initiative: steps of the workflow, former addresses."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..enums import TELLING, Status, Verb
from ..querysets import StatusChangeQuerySet
from .initiative import Initiative
from .tracking import added_in


class StatusChange(models.Model):
    """One step of the workflow: who, when, why."""

    initiative = models.ForeignKey(
        Initiative, on_delete=models.CASCADE, related_name="status_changes", verbose_name=_("initiative")
    )
    verb = models.CharField(_("verb"), max_length=15, choices=Verb)
    from_status = models.CharField(_("from"), max_length=15, choices=Status, blank=True)
    to_status = models.CharField(_("to"), max_length=15, choices=Status)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    at = models.DateTimeField(_("at"), default=timezone.now)
    reason = models.TextField(_("reason"), blank=True)
    added_in = added_in()

    objects = StatusChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("step of the workflow")
        verbose_name_plural = _("steps of the workflow")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["at"], condition=Q(verb__in=TELLING), name="step_that_is_told")]

    def __str__(self) -> str:
        return f"{self.initiative}: {self.get_verb_display()}"


class OldSlug(models.Model):
    """A former address of an initiative, which redirects to the present one."""

    slug = models.SlugField(_("slug"), max_length=120, unique=True, allow_unicode=True)
    initiative = models.ForeignKey(
        Initiative, on_delete=models.CASCADE, related_name="old_slugs", verbose_name=_("initiative")
    )

    class Meta:
        verbose_name = _("former address")
        verbose_name_plural = _("former addresses")

    def __str__(self) -> str:
        return self.slug
