"""Someone who may do all, and a row of every model."""

import copy
import io

import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from importers.models import ImportIssue, ImportRun
from initiatives import actions
from initiatives.enums import ContactKind, Visibility
from initiatives.models import Identity, Network
from tests.factories import InitiativeFactory, PlaceFactory
from vocabulary.models import Licence


@pytest.fixture(autouse=True)
def lenient(settings):
    """Templates of Django and django-leaflet name variables that they do not give."""
    changed = copy.deepcopy(settings.TEMPLATES)
    changed[0]["OPTIONS"]["string_if_invalid"] = ""
    settings.TEMPLATES = changed


@pytest.fixture
def office(client, cast):
    """The administration, signed in as the one who may do all."""
    client.force_login(cast["admin"])
    return client


@pytest.fixture(scope="session")
def picture():
    """A small picture, as a browser sends it."""

    def made(name="garden.png"):
        file = io.BytesIO()
        Image.new("RGB", (4, 3)).save(file, "PNG")
        return SimpleUploadedFile(name, file.getvalue(), content_type="image/png")

    return made


@pytest.fixture
def full(bakery, cast, picture, settings, tmp_path):
    """A row of every model of ours, several initiatives among them."""
    settings.MEDIA_ROOT = tmp_path
    for _ in range(5):
        InitiativeFactory(published=True)
    PlaceFactory()
    Group.objects.create(name="Readers")
    network = Network.objects.first()
    Identity.objects.create(initiative=bakery, network=network, external_id="1")
    ImportIssue.objects.create(
        run=ImportRun.objects.create(network=network, source="a.csv"), row=1, message="x"
    )
    values = {
        "name": "Le Fournil d'en face",
        "contacts": {ContactKind.EMAIL: ("bread@demo.example", Visibility.EVERYONE)},
        "translations": [{"language": "de", "name": "Die Bäckerei"}],
        "photos": [{"image": picture(), "alt": "A garden", "licence": Licence.objects.first()}],
    }
    return actions.revise(bakery, by=None, values=values)
