"""Reading members and their memberships."""

from collections.abc import Collection

from django.contrib.auth.models import BaseUserManager
from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Concat
from django.utils import timezone

from geo.functions import Fold

from .enums import CollectiveRole, Visibility


def _begun(text: Fold) -> Concat:
    """With a space before each word, so that a word is found by its beginning alone."""
    return Concat(Value(" "), text, output_field=models.TextField())


class MemberQuerySet(models.QuerySet):
    """Members by what they show to whom; `levels` are what a reader sees.

    No filter tells what it does not show: a hidden field matches nothing.
    """

    def listed(self) -> "MemberQuerySet":
        """Who agreed to be in the directory and has a name to stand there."""
        return self.filter(is_listed=True, is_active=True).exclude(public_name="")

    def listed_to(self, levels: Collection[Visibility]) -> "MemberQuerySet":
        """Who is in the directory of a reader: only with a name that the reader sees."""
        return self.listed().filter(public_name_seen_by__in=levels)

    def with_territory(self) -> "MemberQuerySet":
        """Each with its territory, whose outline stays in the database."""
        rows = self.select_related("territory")
        return rows.defer("territory__boundary", "territory__search_names")

    def with_words(self, text: str, levels: Collection[Visibility]) -> "MemberQuerySet":
        """Each word begins one of their name, or of a skill that the reader sees."""
        joined = Func("skills", Value(" "), function="array_to_string", output_field=models.TextField())
        rows = self.annotate(_name=_begun(Fold("public_name")), _skills=_begun(Fold(joined)))
        rows = rows.annotate(_text=Fold(Value(text))).exclude(_text="")
        for number, word in enumerate(text.split()):
            rows = rows.annotate(**{f"_word{number}": _begun(Fold(Value(word)))}).filter(
                Q(_name__contains=F(f"_word{number}"))
                | Q(_skills__contains=F(f"_word{number}"), skills_seen_by__in=levels)
            )
        return rows

    def speaking(self, language: str, levels: Collection[Visibility]) -> "MemberQuerySet":
        """Who tells the reader that they speak a language."""
        return self.filter(languages__contains=[language], languages_seen_by__in=levels)

    def living_in(self, territories: QuerySet, levels: Collection[Visibility]) -> "MemberQuerySet":
        """Who tells the reader that they live in one of some territories."""
        return self.filter(territory__in=territories, territory_seen_by__in=levels)


class MemberManager(BaseUserManager.from_queryset(MemberQuerySet)):
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
