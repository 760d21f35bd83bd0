"""Demo sign-ins, one for each role; they exist only while DEBUG is on."""

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.management.base import CommandError

from community.members.enums import CollectiveRole, Role, Visibility
from community.models import CollectiveMembership, Member
from initiatives.models import Network
from territories.models import Collective

DOMAIN = "demo.example"
# Who stands in the directory, to begin with.
LISTED = {
    "is_listed": True,
    "accepts_messages": True,
    "public_name_seen_by": Visibility.EVERYONE,
    "skills_seen_by": Visibility.EVERYONE,
    "languages_seen_by": Visibility.MEMBERS,
}
PROFILES = {
    "visitor": {"skills": ["bread", "bookkeeping"], "languages": ["fr", "en"], **LISTED},
    "facilitator": {"skills": ["running meetings"], "languages": ["fr"], **LISTED},
}
PEOPLE = {
    "visitor": {},
    "facilitator": {},
    "moderator": {"roles": [Role.MODERATOR]},
    "steward": {},
    "animator": {"roles": [Role.ANIMATOR, Role.MODERATOR]},
    "treasurer": {"roles": [Role.TREASURER]},
    "admin": {"is_staff": True, "is_superuser": True},
}


def password() -> str:
    """The password that `make run` keeps in var/demo-password."""
    path = settings.VAR_DIR / "demo-password"
    if not path.is_file():
        raise CommandError(f"{path} is missing: `make run` writes it, or put a password of your own there.")
    return path.read_text(encoding="utf-8").strip()


def load(collective: Collective, network: Network) -> int:
    """Create the sign-ins that are missing and set their password; their number."""
    secret = password()
    for name, fields in PEOPLE.items():
        email = f"{name}@{DOMAIN}"
        known = {"public_name": f"{name.capitalize()} (demo)", **fields}
        # What somebody made of a profile since stays.
        member, _created = Member.objects.update_or_create(
            email=email, defaults=known, create_defaults={**known, **PROFILES.get(name, {})}
        )
        if not member.check_password(secret):
            member.set_password(secret)
            member.save(update_fields=["password"])
        EmailAddress.objects.update_or_create(
            user=member, email=email, defaults={"verified": True, "primary": True}
        )
    CollectiveMembership.objects.get_or_create(
        member=Member.objects.get(email=f"facilitator@{DOMAIN}"),
        collective=collective,
        ended_on=None,
        defaults={"role": CollectiveRole.FACILITATOR},
    )
    network.stewards.add(Member.objects.get(email=f"steward@{DOMAIN}"))
    return len(PEOPLE)
