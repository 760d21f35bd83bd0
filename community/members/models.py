"""Member: the user of the site, who signs in by e-mail; memberships of collectives with dates."""

import uuid

from django.contrib.auth.models import AbstractBaseUser, PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from territories.models import Collective, Territory

from .enums import COARSE, CollectiveRole, Role, Status, Visibility
from .querysets import CollectiveMembershipQuerySet, MemberManager

# What a member may tell about themselves; each has a column that says to whom.
PROFILE = ("public_name", "status", "languages", "skills", "territory", "locality", "introduction")
# Of these a member tells several.
LISTS = ("status", "languages", "skills")
# What a member agrees to, besides who sees what.
CONSENTS = ("is_listed", "accepts_messages", "ledger_seen_by", *(f"{name}_seen_by" for name in PROFILE))
MOST_SKILLS = 20
LONGEST_SKILL = 60


def _seen_by() -> models.CharField:
    """Who may see a field of the profile: nobody, until its member says so."""
    return models.CharField(_("seen by"), max_length=10, choices=Visibility, default=Visibility.NOBODY)


class Member(AbstractBaseUser, PermissionsMixin):
    """A person with an account, or an empty row where one was: what they did for the commons stays."""

    uuid = models.UUIDField(_("public identifier"), default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(_("e-mail"), max_length=254)
    public_name = models.CharField(_("public name"), max_length=80, blank=True)
    language = models.CharField(_("language of mails"), max_length=2, default="fr")
    roles = ArrayField(
        models.CharField(max_length=20, choices=Role), verbose_name=_("roles"), default=list, blank=True
    )
    is_staff = models.BooleanField(_("may enter the administration"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    date_joined = models.DateTimeField(_("joined"), default=timezone.now)
    erased_at = models.DateTimeField(_("erased"), null=True, editable=False)

    languages = ArrayField(
        models.CharField(max_length=3), verbose_name=_("languages spoken"), default=list, blank=True
    )
    skills = ArrayField(
        models.CharField(max_length=LONGEST_SKILL),
        size=MOST_SKILLS,
        verbose_name=_("skills"),
        default=list,
        blank=True,
    )
    status = ArrayField(
        models.CharField(max_length=20, choices=Status), verbose_name=_("status"), default=list, blank=True
    )
    territory = models.ForeignKey(
        Territory,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="members",
        limit_choices_to={"scheme__in": COARSE},
        verbose_name=_("territory"),
    )
    locality = models.CharField(_("town or village"), max_length=120, blank=True)
    introduction = models.TextField(_("introduction"), max_length=1_000, blank=True)
    public_name_seen_by = _seen_by()
    status_seen_by = _seen_by()
    languages_seen_by = _seen_by()
    skills_seen_by = _seen_by()
    territory_seen_by = _seen_by()
    locality_seen_by = _seen_by()
    introduction_seen_by = _seen_by()
    ledger_seen_by = _seen_by()
    is_listed = models.BooleanField(_("in the directory"), default=False)
    accepts_messages = models.BooleanField(_("accepts messages"), default=True)

    objects = MemberManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        ordering = ["public_name", "pk"]
        indexes = [models.Index(fields=["territory"], condition=Q(is_listed=True), name="member_listed")]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="member_email_once",
                violation_error_message=_("A member with this e-mail address exists already."),
            ),
            models.CheckConstraint(
                condition=Q(**{f"{name}_seen_by__in": Visibility.values for name in (*PROFILE, "ledger")}),
                name="member_visibility_known",
            ),
            models.CheckConstraint(
                condition=Q(erased_at=None)
                | Q(
                    is_active=False,
                    is_staff=False,
                    is_superuser=False,
                    is_listed=False,
                    territory=None,
                    public_name="",
                    locality="",
                    introduction="",
                    email__endswith="@erased.invalid",
                ),
                name="member_erased_is_empty",
                violation_error_message=_("This account was deleted: nothing can be put into it."),
            ),
        ]

    def __str__(self) -> str:
        if self.erased_at:
            return gettext("former member")
        return self.public_name or str(self.uuid)[:8]

    def get_absolute_url(self) -> str:
        """Page of the member."""
        return reverse("member", args=[self.uuid])

    def save(self, *args, **kwargs) -> None:
        """Keep the e-mail in small letters: allauth looks for it spelt so."""
        self.email = self.email.lower()
        super().save(*args, **kwargs)

    def has_role(self, role: Role) -> bool:
        """Whether the member has a role for the whole site."""
        return role in self.roles


class CollectiveMembership(models.Model):
    """Who belongs to a collective, as what, from when to when."""

    member = models.ForeignKey(
        Member, on_delete=models.CASCADE, related_name="collective_memberships", verbose_name=_("member")
    )
    collective = models.ForeignKey(
        Collective, on_delete=models.CASCADE, related_name="memberships", verbose_name=_("collective")
    )
    role = models.CharField(_("role"), max_length=20, choices=CollectiveRole, default=CollectiveRole.MEMBER)
    started_on = models.DateField(_("since"), default=timezone.localdate)
    ended_on = models.DateField(_("until"), null=True, blank=True)

    objects = CollectiveMembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership of a collective")
        verbose_name_plural = _("memberships of collectives")
        constraints = [
            models.UniqueConstraint(
                fields=["member", "collective"], condition=Q(ended_on=None), name="collective_membership_once"
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("started_on")),
                name="collective_membership_dates",
                violation_error_message=_("The end comes before the beginning."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member} · {self.collective}"


class AccessToken(models.Model):
    """A key by which a program acts for a member; only its fingerprint is kept."""

    member = models.ForeignKey(
        Member, on_delete=models.CASCADE, related_name="access_tokens", verbose_name=_("member")
    )
    name = models.CharField(_("what it is for"), max_length=80)
    fingerprint = models.CharField(_("fingerprint"), max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)
    last_used_on = models.DateField(_("last used"), null=True, editable=False)
    has_second_factor = models.BooleanField(_("made behind a second factor"), default=False, editable=False)

    class Meta:
        verbose_name = _("access token")
        verbose_name_plural = _("access tokens")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.member} · {self.name}"
