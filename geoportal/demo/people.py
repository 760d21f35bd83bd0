"""Demo sign-ins, one for each role; they exist only while DEBUG is on."""

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.management.base import CommandError

from community.members.enums import CollectiveRole, Role
from community.models import CollectiveMembership, Member
from initiatives.models import Network
from territories.models import Collective

DOMAIN = "demo.example"
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
        member, _created = Member.objects.update_or_create(
            email=email, defaults={"public_name": f"{name.capitalize()} (demo)", **fields}
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
