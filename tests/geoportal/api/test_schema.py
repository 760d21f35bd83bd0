"""What the API says of itself is what it does."""

import json

import pytest
import schemathesis
import yaml
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from community.members.enums import Visibility
from geoportal.api.generator import Generator, addresses
from geoportal.wsgi import application
from tests.campaigns.making import campaign_in, nominated
from tests.factories import ExchangeFactory, GroupFactory, MemberFactory

CHECKS = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
)
# The test server unpacks nothing.
PLAIN = {"Accept-Encoding": "identity"}
DESCRIBED = Generator().get_schema(public=True)
SCHEMA = schemathesis.openapi.from_dict(json.loads(json.dumps(DESCRIBED)))
READING = [found.ok() for found in SCHEMA.get_all_operations() if found.ok().method == "get"]


def test_every_route_below_api_is_described():
    assert set(addresses().values()) == set(DESCRIBED["paths"])


def test_the_description_is_valid_and_complete(client):
    SCHEMA.validate()
    assert DESCRIBED["openapi"] == "3.1.0"
    assert set(DESCRIBED["paths"]["/api/initiatives/{uuid}/"]) == {"get", "patch"}
    assert "post" in DESCRIBED["paths"]["/api/initiatives/{uuid}/{verb}/"]
    assert DESCRIBED["components"]["securitySchemes"]["token"]["scheme"] == "bearer"


@pytest.mark.parametrize(
    ("query", "accept", "media"),
    [
        ("", "*/*", "application/vnd.oai.openapi+json"),
        ("", "application/json", "application/json"),
        ("", "application/yaml", "application/yaml"),
        ("?format=json", "application/yaml", "application/vnd.oai.openapi+json"),
        ("?format=yaml", "*/*", "application/vnd.oai.openapi"),
    ],
)
def test_json_or_yaml(client, db, query, accept, media):
    answer = client.get(f"/api/schema/{query}", headers={"Accept": accept})
    assert answer.status_code == 200
    assert answer["Content-Type"].split(";")[0] == media
    assert yaml.safe_load(answer.content)["openapi"] == "3.1.0"
    tag = answer["ETag"]
    again = client.get(f"/api/schema/{query}", headers={"Accept": accept, "If-None-Match": tag})
    assert again.status_code == 304


@pytest.mark.parametrize("query", ["format=xml", "colour=red", "format=json&format=yaml"])
def test_what_the_schema_does_not_know_is_refused(client, db, query):
    answer = client.get(f"/api/schema/?{query}")
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"


@pytest.fixture
def kept():
    """The server would close the connection between requests, and with it the transaction of the test."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def peopled(full, kept):
    """One member who shows all, so that each list has a row."""
    shown = {f"{name}_seen_by": Visibility.EVERYONE for name in ("public_name", "skills", "locality")}
    return MemberFactory(skills=["baking"], locality="Lyon", is_listed=True, **shown)


@pytest.mark.parametrize("operation", READING, ids=lambda one: one.path)
def test_reading_keeps_to_the_schema_whatever_is_asked(peopled, operation):
    @settings(
        max_examples=8,
        deadline=None,
        database=None,
        derandomize=True,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    @given(data=st.data())
    def ask(data):
        case = data.draw(operation.as_strategy())
        answer = case.call(app=application, base_url="http://testserver", headers=PLAIN)
        case.validate_response(answer, checks=CHECKS)

    ask()


def test_what_is_there_keeps_to_the_schema(peopled, bakery):
    """Rows, not only refusals: each list, and one of each."""
    bakery.group_links.create(group=GroupFactory(slug="ovens"))
    nominated(campaign_in("results", slug="general"), bakery, "laureate")
    offer = ExchangeFactory(initiative=bakery, starts=timezone.localdate(), radius_km=5)
    for operation in READING:
        values = {"uuid": str(bakery.uuid), "code": "FR", "verb": "publish", "name": "co-housing"}
        if "collectives" in operation.path:
            values["name"] = "tables"
        if "networks" in operation.path:
            values["name"] = "grain-commun"
        if "groups" in operation.path:
            values["name"] = "ovens"
        if "campaigns" in operation.path:
            values["name"] = "general"
        if "offers" in operation.path:
            values["name"] = offer.pk
        if "members" in operation.path and "{" in operation.path:
            values["name"] = str(peopled.uuid)
        wanted = {name: values[name] for name in values if "{" + name + "}" in operation.path}
        case = operation.Case(path_parameters=wanted)
        answer = case.call(app=application, base_url="http://testserver", headers=PLAIN)
        assert answer.status_code == 200, (operation.path, answer.content)
        case.validate_response(answer, checks=CHECKS)


def test_the_page_needs_no_script_and_no_third_party(client, db):
    answer = client.get("/api/docs/")
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "script-src" in answer["Content-Security-Policy"]
    assert all(address in text.replace("&amp;", "&") for address in addresses().values())
    assert "curl -X POST" in text
    assert "style=" not in text
    assert "<script>" not in text
    assert client.get("/api/docs/?colour=red").status_code == 400
