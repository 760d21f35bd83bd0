"""Reading members and their memberships."""

from django.contrib.auth.models import BaseUserManager
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from .enums import CollectiveRole


class MemberManager(BaseUserManager):
    """Creates members, who sign in by e-mail."""

    def create_user(self, email: str, password: str | None = None, **fields):
        """A member; the e-mail is kept in small letters."""
        if not email:
            raise ValueError("A member needs an e-mail address.")
        member = self.model(email=email, **fields)
        member.set_password(password)
        member.save(using=self._db)
        return member

    def create_superuser(self, email: str, password: str | None = None, **fields):
        """A member with every right."""
        return self.create_user(email, password, **{"is_staff": True, "is_superuser": True, **fields})

    def get_by_natural_key(self, email: str):
        """Case-blind, like the constraint."""
        return self.get(email__iexact=email)


class CollectiveMembershipQuerySet(models.QuerySet):
    """Memberships by their dates."""

    def current(self) -> "CollectiveMembershipQuerySet":
        """Begun and not ended."""
        today = timezone.localdate()
        return self.filter(Q(ended_on=None) | Q(ended_on__gt=today), started_on__lte=today)

    def facilitated_alone(self, member) -> "CollectiveMembershipQuerySet":
        """A member's memberships of collectives that nobody else runs."""
        running = self.current().filter(role=CollectiveRole.FACILITATOR, member__is_active=True)
        others = running.filter(collective=OuterRef("collective")).exclude(member=member)
        return running.filter(~Exists(others), member=member)
