"""Marks of what nobody has confirmed for long: fainter, and said in words."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from initiatives.models import Aged, Initiative

pytestmark = pytest.mark.django_db(transaction=True)

VIEW = "/en/#9/45.2/5.7"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_old_mark_is_fainter_and_says_so(show, scheme):
    Aged.objects.create(
        initiative=Initiative.objects.get(slug="radio-passerelle"),
        since=timezone.now() - timedelta(days=900),
    )
    page = show(VIEW)
    page.emulate_media(color_scheme=scheme)
    mark = page.locator(".marker[data-slug='radio-passerelle']")
    expect(mark).to_have_class("marker marker--aged")
    expect(mark).to_have_accessible_name(
        "Radio Passerelle, Housing and living together, not confirmed for a long time"
    )
    mark.click()
    expect(page.locator(".sheet-card")).to_contain_text("not confirmed since")
