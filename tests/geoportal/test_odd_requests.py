"""Requests that nobody's browser sends: never a 500, never a parameter that is passed over in silence."""

import pytest
from django.test import Client

from geoportal import views
from initiatives import api
from initiatives.views import doors

JSON = "application/problem+json"


@pytest.mark.parametrize(
    ("address", "parameter"),
    [
        ("/api/count?updated_since=9999-12-31T23:59:59-23:59", "updated_since"),
        ("/api/count?updated_since=0001-01-01T00:00:00%2B23:59", "updated_since"),
        ("/api/count?theme=,", "theme"),
        ("/api/count?language=,%20,", "language"),
        ("/api/initiatives/?format=json", "format"),
        ("/api/initiatives/?format=xml", "format"),
        ("/api/territories/FR-69/?theme=food-agriculture", "theme"),
        ("/tiles/territories/0/0/0.mvt?q=lyon", "q"),
    ],
)
def test_what_cannot_be_used_is_named(client, rhone, address, parameter):
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (400, JSON)
    assert answer.json()["parameter"] == parameter


@pytest.mark.parametrize("query", ["theme=food-agriculture", "limit=3"])
def test_a_single_feature_takes_no_parameter(client, bakery, query):
    answer = client.get(f"/api/initiatives/{bakery.uuid}/?{query}")
    assert answer.status_code == 400
    assert answer.json()["parameter"] == query.split("=")[0]
    assert client.get(f"/api/initiatives/{bakery.uuid}/?utm_source=x").status_code == 200


@pytest.mark.parametrize(
    ("query", "matched"),
    [
        ("updated_since=2020-01-01T00:00:00-23:59", 1),
        ("updated_since=2020-01-01T00:00:00%2B14:00", 1),
        ("updated_since=9999-12-31", 0),
        ("q=%ff%27", 0),
        ("q=%F0%9F%8D%9E", 0),
        ("q=%27%26!()%3A*", 0),
        ("bbox=-180,-90,180,90", 1),
        ("bbox=0,0,0,0", 0),
        ("near=0,0,20037508", 1),
        ("theme=co-housing,,co-housing", 1),
    ],
)
def test_odd_values_that_mean_something_are_understood(client, bakery, query, matched):
    assert client.get(f"/api/count?{query}").json()["matched"] == matched


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "kind"), [("/api/count", JSON), ("/fr/about/", "text/html"), ("/apiary/", "text/html")]
)
def test_what_django_refuses_is_told_in_the_words_of_the_door(client, address, kind):
    answers = [
        client.get(f"{address}?{'a=1&' * 1200}q=%00"),
        client.get(address, headers={"host": "evil.example"}),
    ]
    for answer in answers:
        assert answer.status_code == 400
        assert answer["Content-Type"].startswith(kind)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "module", "name", "kind"),
    [
        ("/api/count", doors, "parse", JSON),
        ("/api/initiatives/", api, "parse", JSON),
        ("/fr/glossary/", views.glossary, "entries", "text/html"),
    ],
)
def test_an_error_of_ours_is_told_in_the_words_of_the_door(address, module, name, kind, monkeypatch):
    def fail(*args, **kwargs):
        raise ZeroDivisionError("private detail")

    monkeypatch.setattr(module, name, fail)
    answer = Client(raise_request_exception=False).get(address)
    assert answer.status_code == 500
    assert answer["Content-Type"].startswith(kind)
    assert b"private detail" not in answer.content
