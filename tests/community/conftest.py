"""Someone with everything that an account can have, and someone else."""

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse

from community.members import tokens
from community.members.enums import CollectiveRole, Role, Visibility
from community.models import CollectiveMembership, Member
from importers.models import ImportRun
from initiatives import actions as steps
from territories.models import Collective
from tests.factories import CollectiveFactory, MemberFactory, NetworkFactory

PASSWORD = "a-long-password-1"
OTHER = "bea@demo.example"


@pytest.fixture
def ana(client, theme) -> Member:
    """Someone with everything that an account can have, who is signed in by their password."""
    ana = Member.objects.create_user("ana@demo.example", PASSWORD, public_name="Ana Lopes")
    ana.roles = [Role.MODERATOR]
    ana.is_staff = True
    for name, value in {
        "skills": ["bicycles"],
        "languages": ["pt"],
        "locality": "Bron",
        "introduction": "I",
    }.items():
        setattr(ana, name, value)
        setattr(ana, f"{name}_seen_by", Visibility.EVERYONE)
    ana.save()
    ana.emailaddress_set.create(email=ana.email, verified=True, primary=True)
    ana.emailaddress_set.create(email="ana.lopes@demo.example")
    CollectiveMembership.objects.create(
        member=ana, collective=CollectiveFactory(name="Les Tables"), role=CollectiveRole.FACILITATOR
    )
    NetworkFactory(name="Grain Commun").stewards.add(ana)
    ImportRun.objects.create(network=NetworkFactory(), source="a.csv", started_by=ana)
    tokens.issue(ana, "Our website")
    client.post(reverse("account_login"), {"login": ana.email, "password": PASSWORD})
    # Afterwards, as signing in would ask for it.
    Authenticator.objects.create(user=ana, type="totp", data={"secret": "SEVENTY"})
    made = steps.create(by=ana, values={"name": "Bread", "primary_theme": theme})
    steps.submit(made, by=ana, reason="Ready.")
    return ana


@pytest.fixture
def bea() -> Member:
    """Someone else."""
    bea = MemberFactory(email=OTHER, public_name="Bea Blum")
    bea.emailaddress_set.create(email=OTHER)
    steps.create(by=bea, values={"name": "Secret of Bea"})
    return bea


@pytest.fixture
def own(cast) -> Collective:
    """The collective of the cast, with a website, and English for its facilitator."""
    Member.objects.update(language="en")
    collective = cast["facilitator"].collective_memberships.get().collective
    collective.website = "https://www.tables.example/about"
    collective.save()
    for one in cast.values():
        one.refresh_from_db()
    return collective
