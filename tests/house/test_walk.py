"""One walk through every route, as those who have no right to what is kept from them: nothing read, nothing written."""

import io
import re
import struct
from itertools import product

import pyarrow.parquet as pq
import pytest
from django.contrib.gis.geos import Point

from community.members.enums import Role
from initiatives import actions
from initiatives.enums import ContactKind, Precision, Visibility
from initiatives.groups import actions as groups
from initiatives.models import Initiative, ReviewScope, StatusChange, Submission, Vouch
from tests.conftest import square
from tests.factories import (
    GroupFactory,
    InitiativeFactory,
    MemberFactory,
    SpaceMembershipFactory,
    TerritoryFactory,
)

from .test_doors import ROUTES

pytestmark = pytest.mark.django_db
HIDDEN = "Verborgen-7f3a"
PHONE = "+33199009876"
# A private group that a published initiative belongs to: who names it in an address reads it there again, and no more.
GROUP, ADDRESS_OF_GROUP = "Besloten-9e2c", "besloten-4b1d"
# A private space, which is told of to nobody else, whatever stands in the address.
SPACE, ADDRESS_OF_SPACE = "Besloten-6a1d", "besloten-7c3b"
# As many digits as pages of reviewers write.
LAT, LON = "45.764098", "4.835712"
# The same as binary files have it, and in metres of EPSG:3857.
PACKED = [struct.pack("<d", float(LAT)), struct.pack("<d", float(LON))]
METRES = ["538308.9", "5742626."]
# What the selection and other systems make of the rows.
ASKED = [
    "/ogc/collections/initiatives/items?crs=http://www.opengis.net/def/crs/EPSG/0/3857",
    "/ogc/collections/initiatives/items?f=html&limit=1000",
    "/ogc/collections/initiatives/items?filter=S_INTERSECTS(geometry,BBOX(4,45,5,46))",
    "/exports/network.csv?edges=links,memberships,themes,common",
    "/exports/network.graphml?edges=links,memberships,themes",
    "/api/initiatives/?located=any",
    "/exports/initiatives.csv?located=any",
    "/feeds/initiatives.atom?located=any",
    *(
        f"{door}?group={ADDRESS_OF_GROUP}"
        for door in (
            *("/fr/", "/fr/initiatives/", "/fr/activity/"),
            *("/api/count", "/feeds/activity.atom", "/fr/embed/"),
        )
    ),
]
ROLES = ["nobody", "visitor", "other_facilitator", "moderator_elsewhere"]
# Signing out ends the walk; the other tells that no worker runs beside the tests.
LEFT_OUT = {"account_logout", "readyz"}


@pytest.fixture
def kept(cast, bakery) -> dict:
    """A published initiative that hides its place and number, and one that nobody has decided on."""
    point = Point(float(LON), float(LAT), srid=4326)
    values = {
        "position": point,
        "precision": Precision.LOCALITY,
        "contacts": {ContactKind.PHONE: (PHONE, Visibility.NOBODY)},
    }
    actions.revise(bakery, by=None, values=values)
    waiting = actions.submit(InitiativeFactory(name=HIDDEN, collective=bakery.collective, **values), by=None)
    Submission.objects.create(initiative=waiting, email="hidden@demo.example", language="fr")
    elsewhere = TerritoryFactory(code="YY-1", boundary=square(20, 50, 21, 51))
    cast["moderator_elsewhere"] = MemberFactory(roles=[Role.MODERATOR])
    ReviewScope.objects.create(member=cast["moderator_elsewhere"], territory=elsewhere)
    group = GroupFactory(
        name=GROUP,
        slug=ADDRESS_OF_GROUP,
        kind="private",
        collective=bakery.collective,
        animators=[cast["facilitator"]],
    )
    groups.name_group(bakery, group=group, by=None)
    space = SpaceMembershipFactory(
        space__name=SPACE, space__slug=ADDRESS_OF_SPACE, member=cast["facilitator"], role="facilitator"
    ).space
    return {
        "slug": [bakery.slug, waiting.slug, bakery.collective.slug, group.slug, space.slug],
        "uuid": [bakery.uuid, waiting.uuid, cast["facilitator"].uuid],
        "other": [bakery.uuid, waiting.uuid],
        "code": ["FR-69"],
        "verb": ["publish", "archive"],
        "collection": ["initiatives", "collectives", "territories"],
        "feature": [bakery.uuid, waiting.uuid],
        "name": [bakery.collective.slug, group.slug, cast["facilitator"].uuid],
        "token": [f"{waiting.uuid}.forged", "x"],
    }


def addresses(kept: dict) -> list[str]:
    """Every route with all that may stand in the place of its parameters."""
    found = []
    for address, route in ROUTES:
        if route.name in LEFT_OUT:
            continue
        plain = re.sub(r"\(\?P<(\w+)>[^()]*\)", r"<\1>", address).removesuffix("$")
        names = re.findall(r"<(?:\w+:)?(\w+)>", plain)
        choices = [kept.get(name, ["1"]) for name in names]
        for values in product(*choices):
            filled = iter(values)
            found.append("/" + re.sub(r"<(?:\w+:)?\w+>", lambda _found: str(next(filled)), plain))  # noqa: B023
    return found + ASKED


def body(answer) -> bytes:
    """All that an answer says, its headers included."""
    text = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if text.startswith(b"PAR1"):
        # Packed, it says nothing that could be found.
        table = pq.read_table(io.BytesIO(text))
        text = str(table.to_pylist()).encode() + b"".join(table["geometry"].drop_null().to_pylist())
    return text + str(answer.headers).encode()


def standing() -> list:
    """What must stay as it is."""
    return [
        sorted(Initiative.objects.values_list("pk", "status", "updated_at")),
        StatusChange.objects.count(),
        Submission.objects.count(),
        Vouch.objects.count(),
    ]


def leaks(address: str, role: str, said: bytes, secrets: list[str]) -> list[str]:
    """Which secrets an answer tells somebody who should not read them."""
    if role == "other_facilitator" and "/vouching/" in address:
        # A neighbour reads there what would be public of what waits, and no more.
        secrets = [secret for secret in secrets if secret != HIDDEN]
    if role == "moderator_elsewhere":
        # Moderators look after all groups.
        secrets = [secret for secret in secrets if secret != GROUP]
    elif ADDRESS_OF_GROUP not in address:
        secrets = [*secrets, ADDRESS_OF_GROUP]
    found = [secret for secret in secrets if secret.encode() in said]
    return found + ["a coordinate" for packed in PACKED if packed in said]


@pytest.mark.parametrize("role", ROLES)
def test_nothing_is_read_or_written_that_should_not_be(client, cast, kept, settings, role):
    settings.VOUCHES_NEEDED = 1
    if role != "nobody":
        client.force_login(cast[role])
    secrets = [
        HIDDEN,
        GROUP,
        SPACE,
        PHONE,
        LAT,
        LON,
        *METRES,
        "hidden@demo.example",
        cast["facilitator"].email,
    ]
    before = standing()
    walked = addresses(kept)
    assert len(walked) > 100
    told = []
    for address in walked:
        answer = client.get(address)
        said = body(answer)
        told += [f"GET {address}: {answer.status_code}"] if answer.status_code >= 500 else []
        told += [f"GET {address} tells {secret}" for secret in leaks(address, role, said, secrets)]
    for address in walked:
        answer = client.post(address)
        said = body(answer)
        told += [f"POST {address}: {answer.status_code}"] if answer.status_code >= 500 else []
        told += [f"POST {address} tells {secret}" for secret in leaks(address, role, said, secrets)]
    assert told == []
    assert standing() == before


def test_neighbours_find_what_waits_while_they_validate(client, cast, kept, settings):
    settings.VOUCHES_NEEDED = 1
    client.force_login(cast["other_facilitator"])
    assert HIDDEN.encode() in client.get("/en/initiatives/vouching/").content
    assert HIDDEN.encode() in client.get(f"/en/initiatives/vouching/{kept['uuid'][1]}/").content


def test_the_walk_would_find_it(client, cast, kept):
    client.force_login(cast["moderator"])
    said = b"".join(body(client.get(address)) for address in addresses(kept))
    for secret in (HIDDEN, GROUP, PHONE, LAT, LON):
        assert secret.encode() in said, secret
