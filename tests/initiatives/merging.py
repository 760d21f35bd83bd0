"""What tests of merges share: two entries for one bakery, and every row that belongs to initiatives."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from initiatives import actions
from initiatives.enums import ContactKind, Visibility
from initiatives.models import (
    Contact,
    Identity,
    Initiative,
    InitiativeTerritory,
    InitiativeTheme,
    Link,
    NetworkMembership,
    OldSlug,
    Photo,
    Proposal,
    Report,
    ReviewClaim,
    SiteCheck,
    Submission,
    Translation,
    UpkeepRequest,
)
from tests.factories import InitiativeFactory, NetworkFactory
from vocabulary.models import Licence, Theme

# Said of when and in which step a row was written, not of what it says.
STAMPS = {"added_in", "updated_at"}
# What a merge may take along and a split gives back: `StatusChange` and `Merge` tell of both.
TABLES = (
    Initiative,
    InitiativeTheme,
    InitiativeTerritory,
    NetworkMembership,
    Contact,
    Translation,
    Photo,
    Identity,
    Link,
    OldSlug,
    Submission,
    Proposal,
    Report,
    UpkeepRequest,
    SiteCheck,
    ReviewClaim,
)


def picture(colour: str) -> SimpleUploadedFile:
    """A small picture, as a browser sends it."""
    file = io.BytesIO()
    Image.new("RGB", (4, 3), colour).save(file, "PNG")
    return SimpleUploadedFile(f"{colour}.png", file.getvalue(), content_type="image/png")


def everything() -> dict[str, list[dict]]:
    """Every row by table, without stamps."""
    return {
        model.__name__: [
            {name: value for name, value in row.items() if name not in STAMPS}
            for row in model.objects.order_by("pk").values()
        ]
        for model in TABLES
    }


def twin(**values) -> Initiative:
    """A second entry for the bakery that has all that an initiative can have."""
    licence = Licence.objects.first()
    told = {
        "name": "Fournil 2 Rives",
        "summary": "Du pain",
        "description": "Tous les jours.",
        "description_language": "fr",
        "themes": [Theme.objects.get(slug="repair-cafes")],
        "networks": [NetworkFactory()],
        "contacts": {
            ContactKind.EMAIL: ("twin@demo.example", Visibility.EVERYONE),
            ContactKind.PHONE: ("+33199009876", Visibility.NOBODY),
        },
        "translations": [{"language": "de", "name": "Bäckerei", "summary": "", "description": "Brot"}],
        "photos": [{"image": picture("red"), "alt": "Bread", "credit": "Ana", "licence": licence}],
        "website": "https://fournil.example/",
        "street": "1 rue du Four",
        "founded": 2012,
        "published": True,
        **values,
    }
    made = InitiativeFactory(**told)
    network = NetworkFactory()
    Identity.objects.create(
        initiative=made, network=network, external_id="7", checksum="x", raw={"name": "Fournil"}
    )
    made.old_slugs.create(slug=f"once-{made.slug}")
    Initiative.objects.filter(pk=made.pk).update(field_sources={"website": made.identities.get().pk})
    made.refresh_from_db()
    return made


def dressed(bakery: Initiative) -> Initiative:
    """The bakery with something of its own in each part."""
    licence = Licence.objects.first()
    return actions.revise(
        bakery,
        by=None,
        values={
            "summary": "Pain bio",
            "contacts": {ContactKind.EMAIL: ("bakery@demo.example", Visibility.MEMBERS)},
            "translations": [{"language": "de", "name": "", "summary": "Gutes Brot", "description": ""}],
            "photos": [{"image": picture("blue"), "alt": "Oven", "credit": "", "licence": licence}],
        },
    )


def concerned(one: Initiative) -> dict[str, object]:
    """A proposal, a question and a look at the website that are open."""
    submission = Submission.objects.create(
        initiative=one, email="hands@demo.example", language="en", confirmed_at=timezone.now()
    )
    return {
        "submission": submission,
        "proposal": Proposal.objects.create(
            initiative=one, of=one.updated_at, values={"summary": "Pain"}, language="fr"
        ),
        "report": Report.objects.create(initiative=one, kind="moved", message="Away", language="fr"),
        "upkeep": UpkeepRequest.objects.create(initiative=one, submission=submission),
        "site": SiteCheck.objects.create(
            initiative=one, website="https://fournil.example/", checked_at=timezone.now()
        ),
    }
