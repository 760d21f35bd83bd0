"""Initiatives are found in the administration as on the pages."""

import pytest

from initiatives.models import Initiative
from tests.factories import InitiativeFactory

from .pages import page


@pytest.mark.django_db
@pytest.mark.parametrize("term", ["matériauthèque", "MATERIAUTHEQUE", "matériau", "la-materiautheque"])
@pytest.mark.parametrize("filtered", [False, True])
def test_initiatives_are_found_whatever_the_accents(office, bakery, term, filtered):
    found = InitiativeFactory(name="La Matériauthèque", published=True)
    filters = {"status__exact": found.status, "theme": found.primary_theme.parent.slug} if filtered else {}
    answer = office.get(page(Initiative, "changelist"), {"q": term, **filters})
    assert list(answer.context["cl"].queryset) == [found]


@pytest.mark.django_db
@pytest.mark.parametrize("term", ["!?", "nowhere"])
def test_a_search_for_nothing_known_finds_nothing(office, bakery, term):
    answer = office.get(page(Initiative, "changelist"), {"q": term})
    assert answer.status_code == 200
    assert not answer.context["cl"].queryset
