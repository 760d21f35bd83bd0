"""Roles of people, and who may see what they tell."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from territories.enums import Scheme


class Role(TextChoices):
    """What a member does for the whole site; named as functions."""

    MODERATOR = "moderator", _("moderation")
    ANIMATOR = "animator", _("community management")
    TREASURER = "treasurer", _("treasury")


class CollectiveRole(TextChoices):
    """What a member does in a collective."""

    FACILITATOR = "facilitator", _("facilitation")
    MEMBER = "member", _("member")


class Status(TextChoices):
    """What people say of how they live; several may be true at once."""

    STUDENT = "student", _("student")
    EMPLOYEE = "employee", _("employee")
    SELF_EMPLOYED = "self_employed", _("self-employed")
    JOB_SEEKER = "job_seeker", _("job seeker")
    VOLUNTEER = "volunteer", _("volunteer")
    RETIRED = "retired", _("retired")
    ELECTED = "elected", _("elected representative")


class Visibility(TextChoices):
    """Who may see a field."""

    EVERYONE = "everyone", _("Everyone")
    MEMBERS = "members", _("Members")
    NOBODY = "nobody", _("No one (internal)")


# Where somebody lives is never told more finely than this.
COARSE = (
    Scheme.COUNTRY,
    Scheme.NUTS1,
    Scheme.NUTS2,
    Scheme.NUTS3,
    Scheme.REGION,
    Scheme.DEPARTMENT,
    Scheme.INTERMUNICIPALITY,
)
