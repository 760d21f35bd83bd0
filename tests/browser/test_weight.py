"""The first view with 20,000 initiatives: light, and from this site alone."""

import gzip

import pytest
from django.conf import settings
from django.core.management import call_command

from territories.loading import load_gazetteer

pytestmark = pytest.mark.django_db(transaction=True)

LIGHT = 400_000


def test_first_view_of_20000_initiatives_is_under_400_kb(page, live_server, words):
    load_gazetteer(settings.BASE_DIR / "fixtures" / "gazetteer" / "places.csv.gz")
    call_command("seed_synthetic", initiatives=20_000, verbosity=0)
    answers = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(f"{live_server.url}/fr/")
    page.wait_for_selector("html[data-ready='true']", state="attached")
    page.wait_for_load_state("networkidle")
    assert all(answer.url.startswith(live_server.url) for answer in answers)
    # As the site sends it: packed.
    weight = {answer.url: len(gzip.compress(answer.body())) for answer in answers if answer.status == 200}
    assert page.locator(".cluster").count() > 5
    assert sum(weight.values()) < LIGHT, sorted(weight.items(), key=lambda item: -item[1])[:10]
