"""Who writes through the API: members by token or session, with the rights that they have everywhere."""

import json

import pytest
from django.test import Client

from community.members import tokens
from initiatives.enums import Status
from initiatives.models import Initiative
from tests.factories import MemberFactory

from .programs import DOOR, GEOJSON, Program, refused
from .test_actions import remembered


@pytest.fixture
def program(db) -> Program:
    """One that acts for a member without any role."""
    return Program(MemberFactory())


def test_nobody_writes_without_a_name(bakery):
    nobody = Program()
    for answer in (nobody.post(), nobody.patch(bakery, name="x"), nobody.step(bakery, "archive")):
        refused(answer, 401)
        assert answer["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize("header", ["Bearer sp_unknown", "Bearer", "Bearer \xe9", "bearer  sp_x y"])
def test_a_token_that_is_none_is_refused(client, bakery, header):
    answer = client.post(DOOR, "{}", content_type=GEOJSON, headers={"Authorization": header})
    refused(answer, 401)


def test_the_token_of_who_is_not_active_any_more_is_good_for_nothing(program):
    member = tokens.member_of(program.headers["Authorization"].removeprefix("Bearer "))
    member.is_active = False
    member.save()
    refused(program.post(), 401)


@pytest.mark.parametrize("role", ["visitor", "other_facilitator", "treasurer", "animator"])
def test_others_change_nothing_and_learn_of_no_draft(cast, bakery, role):
    program, before = Program(cast[role]), remembered(bakery)
    refused(program.patch(bakery, name="x"), 403)
    refused(program.step(bakery, "archive"), 403)
    assert remembered(bakery) == before
    Initiative.objects.filter(pk=bakery.pk).update(status=Status.DRAFT)
    refused(program.patch(bakery, name="x"), 404)
    refused(program.step(bakery, "publish"), 404)


def test_a_session_writes_too_but_not_from_another_site(cast, bakery):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(cast["facilitator"])
    body = json.dumps({"type": "Feature", "properties": {"summary": "Du pain"}})
    path = f"{DOOR}{bakery.uuid}/"
    assert strict.patch(path, body, content_type=GEOJSON).status_code == 403
    strict.get("/fr/accounts/email/")
    token = strict.cookies["csrftoken"].value
    answer = strict.patch(path, body, content_type=GEOJSON, headers={"X-CSRFToken": token})
    assert answer.status_code == 200


def test_reading_asks_nobody_for_a_name(client, bakery, django_assert_num_queries):
    client.force_login(MemberFactory())
    answer = client.get(DOOR, headers={"Authorization": "Bearer nonsense"})
    assert answer.status_code == 200
    assert "Cookie" not in answer.get("Vary", "")


def test_too_many_changes_a_minute_are_asked_to_wait(program, settings):
    settings.API_WRITES = 1
    body = {"type": "Feature", "properties": {"name": "Le Fournil"}}
    assert program.post(body).status_code == 201
    answer = program.post(body)
    refused(answer, 429)
    assert int(answer["Retry-After"]) > 0
