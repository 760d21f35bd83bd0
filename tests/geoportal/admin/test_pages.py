"""Every page of the administration opens within a few queries and calls nobody else."""

import re

import pytest
from django.contrib import admin
from django.contrib.gis.geos import MultiPolygon, Point
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import CollectiveFactory, TerritoryFactory
from tests.house.files import ROOMS

from .pages import page

MODELS = sorted(admin.site._registry, key=lambda model: model._meta.label)
OURS = [model for model in MODELS if model._meta.app_label in ROOMS]
MOST_IN_LIST = 12
MOST_IN_FORM = 20


def opened(client, address, most):
    """The page's HTML, within a number of queries, without a word for another server."""
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)
    body = answer.content.decode()
    assert answer.status_code == 200
    assert len(queries) <= most, [query["sql"][:150] for query in queries]
    assert not re.findall(r"""(?:src|srcset|action)=["'](?:https?:)?//""", body)
    assert not re.findall(r"""<link[^>]*href=["'](?:https?:)?//""", body)
    assert not re.findall(r"tile\.|unpkg|cdn\.|geojson\.io", body)
    return body


@pytest.mark.django_db
def test_every_list_opens(office, full, subtests):
    for model in MODELS:
        with subtests.test(model=model._meta.label):
            opened(office, page(model, "changelist"), MOST_IN_LIST)


@pytest.mark.django_db
def test_every_form_for_a_new_row_opens(office, full, subtests, rf, cast):
    request = rf.get("/")
    request.user = cast["admin"]
    for model in MODELS:
        with subtests.test(model=model._meta.label):
            if admin.site.get_model_admin(model).has_add_permission(request):
                opened(office, page(model, "add"), MOST_IN_FORM)
            else:
                assert office.get(page(model, "add")).status_code == 403


@pytest.mark.django_db
def test_every_form_of_a_row_opens(office, full, subtests):
    for model in OURS:
        with subtests.test(model=model._meta.label):
            opened(office, page(model, "change", model._base_manager.first().pk), MOST_IN_FORM)


@pytest.mark.django_db
def test_a_boundary_of_many_corners_stays_in_the_database(office):
    vast = MultiPolygon(Point(4, 45, srid=4326).buffer(1, quadsegs=1000), srid=4326)
    territory = TerritoryFactory(names={"en": "Vast"}, boundary=vast)
    address = page(type(territory), "change", territory.pk)
    body = opened(office, address, 8)
    assert 'name="boundary"' not in body
    assert len(body) < 100_000
    kept = {"code": territory.code, "scheme": territory.scheme, "names": '{"en": "Wide"}'}
    assert office.post(address, kept).status_code == 302
    territory.refresh_from_db()
    assert territory.names == {"en": "Wide"}
    assert territory.boundary.equals(vast)


@pytest.mark.django_db
def test_a_boundary_is_drawn_and_not_taken_back(office, rhone):
    address = page(type(rhone), "change", rhone.pk)
    body = opened(office, address, 10)
    assert 'name="boundary"' in body
    before = rhone.boundary
    elsewhere = Point(50, 50, srid=4326).buffer(1)
    sent = {
        "code": rhone.code,
        "scheme": rhone.scheme,
        "names": '{"en": "Wide"}',
        "boundary": MultiPolygon(elsewhere, srid=4326).geojson,
    }
    answer = office.post(address, sent)
    assert answer.status_code == 302, answer.context["errors"]
    rhone.refresh_from_db()
    assert rhone.names == {"en": "Wide"}
    assert rhone.boundary.equals_exact(before)
    assert office.get(page(type(rhone), "add")).status_code == 403


@pytest.mark.django_db
def test_outlines_of_what_is_only_named_are_not_read(office):
    collective = CollectiveFactory()
    with CaptureQueriesContext(connection) as queries:
        body = office.get(page(type(collective), "change", collective.pk)).content.decode()
    assert str(collective.territory) in body
    assert not [query["sql"] for query in queries if '"boundary"' in query["sql"]]
