"""Pages of spaces: what each reader sees, their part of the map, their logo, their colours, their list."""

import math
import re

import pytest
from django.conf import settings as site
from django.core.files.uploadedfile import SimpleUploadedFile

from community.members.enums import Visibility
from community.models import Space
from community.spaces.enums import Accent
from community.topics import actions as topics
from tests.factories import InitiativeFactory, MemberFactory, SpaceFactory
from tests.initiatives.pages import address, minimap, page

from .groups import group_of
from .spaces import space_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana():
    """Who runs the space."""
    return MemberFactory(language="en", public_name="Ana")


@pytest.fixture
def space(ana):
    """A private space."""
    return space_of("private", ana, name="Grain Commun")


# ── Its page ────────────────────────────────────────────────────────────────────────────────────


def test_the_page_shows_its_part_of_the_map(client, ana, theme):
    here = InitiativeFactory(published=True, primary_theme=theme)
    space = space_of("public", ana, query=f"theme={theme.slug}")
    body = page(client, "space", space.slug)
    assert "1 initiative" in body
    assert f"/en/?theme={theme.slug}" in body
    assert len(minimap(body)["marks"]) == 1
    assert here.public_position
    Space.objects.update(query="network=gone")
    assert "not there any more" in page(client, "space", space.slug)
    Space.objects.update(query="")
    assert "All initiatives of the map" in page(client, "space", space.slug)


def test_each_reader_sees_the_groups_topics_and_people_that_are_theirs(client, ana):
    bea = MemberFactory(public_name="Bea Blum")
    space = space_of("public", ana, bea)
    shown = group_of("open", ana, space=space, name="Ovens")
    hidden = group_of("private", ana, space=space, name="Wages")
    for group in (shown, hidden):
        topics.begin(group, by=ana, title=f"Flour for {group.name}", text="Who is in?")
    ana.public_name_seen_by = Visibility.EVERYONE
    ana.save()
    bea.public_name_seen_by = Visibility.NOBODY
    bea.save()
    body = page(client, "space", space.slug)
    assert "Flour for Ovens" in body
    assert "Wages" not in body
    assert ">Ana<" in body
    assert "Bea Blum" not in body
    assert "and 1 more member" in body
    client.force_login(ana)
    assert "Flour for Wages" in page(client, "space", space.slug)


@pytest.mark.parametrize("kind", ["public", "private"])
def test_a_page_of_a_space_costs_the_same_however_much_is_in_it(
    client, ana, kind, django_assert_max_num_queries
):
    space = space_of(kind, ana, *(MemberFactory() for _ in range(30)))
    for _ in range(8):
        topics.begin(group_of("private", ana, space=space), by=ana, title="Flour", text="x")
    InitiativeFactory.create_batch(3, published=True)
    client.force_login(ana)
    page(client, "space", space.slug)
    with django_assert_max_num_queries(24):
        page(client, "space", space.slug)
    with django_assert_max_num_queries(16):
        page(client, "space_people", space.slug)


def test_the_list_shows_public_ones_and_ones_own(client, ana, space, django_assert_max_num_queries):
    for number in range(20):
        SpaceFactory(name=f"Public {number}", is_private=False)
    SpaceFactory(name="Hidden elsewhere")
    space_of("archived", ana, name="Put away")
    body = page(client, "spaces")
    assert "Public 3" in body
    for name in ("Grain Commun", "Hidden elsewhere", "Put away"):
        assert name not in body
    client.force_login(ana)
    body = page(client, "spaces")
    assert "Put away" in body
    assert body.index("Grain Commun") < body.index("Public 0")
    with django_assert_max_num_queries(10):
        page(client, "spaces")


# ── Changing it ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("sent_filter", "kept"),
    [
        ("", ""),
        ("theme=food", "theme=food"),
        ("?theme=food&page=3", "theme=food"),
        ("https://testserver/fr/?theme=food&utm_source=x#6/45/4", "theme=food"),
        ("https://testserver/fr/", ""),
    ],
)
def test_a_filter_is_typed_or_pasted(client, space, ana, theme, sent_filter, kept):
    kept = kept.replace("food", theme.slug)
    form = {
        "name": "New",
        "purpose": "y",
        "accent": "slate",
        "filter": sent_filter.replace("food", theme.slug),
    }
    client.force_login(ana)
    assert client.post(address("space_edit", space.slug), form).status_code == 302
    space.refresh_from_db()
    assert (space.query, space.accent, space.name) == (kept, "slate", "New")


@pytest.mark.parametrize(
    "sent_filter",
    [
        "nonsense",
        "theme=nowhere",
        "bbox=1,2",
        "colour=red",
        "q=a\x00b",
        "x" * 3000,
        "q=" + "é" * 900,
        "&".join("abc"),
    ],
)
def test_a_filter_that_cannot_be_used_is_told_beside_the_field(client, space, ana, sent_filter):
    form = {"name": "New", "purpose": "y", "accent": "slate", "filter": sent_filter}
    client.force_login(ana)
    answer = client.post(address("space_edit", space.slug), form)
    assert answer.status_code == 400
    assert 'id="id_filter_error"' in answer.content.decode()
    space.refresh_from_db()
    assert space.query == ""


def test_a_logo_is_drawn_anew_and_read_with_the_space_alone(client, space, ana, picture, settings, tmp_path):
    settings.ATTACHMENTS_ROOT = tmp_path
    form = {"name": "New", "purpose": "y", "accent": "slate", "filter": ""}
    client.force_login(ana)
    file = SimpleUploadedFile("secret-name.png", picture().read(), "image/png")
    assert client.post(address("space_edit", space.slug), form | {"logo": file}).status_code == 302
    answer = client.get(address("space_logo", space.slug))
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
    assert b"".join(answer.streaming_content)
    space.refresh_from_db()
    assert "secret-name" not in space.logo.name
    broken = SimpleUploadedFile("a.jpg", b"no picture", "image/jpeg")
    assert client.post(address("space_edit", space.slug), form | {"logo": broken}).status_code == 400
    client.post(address("space_edit", space.slug), form | {"without_logo": "on"})
    assert client.get(address("space_logo", space.slug)).status_code == 404


# ── Its colours ─────────────────────────────────────────────────────────────────────────────────


def luminance(lightness: float, chroma: float, hue: float) -> float:
    """Of a colour in OKLCH, as WCAG reckons it."""
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    red = 4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short
    green = -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short
    blue = -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short
    inside = [min(max(part, 0), 1) for part in (red, green, blue)]
    return 0.2126 * inside[0] + 0.7152 * inside[1] + 0.0722 * inside[2]


def schemes(tokens: str, name: str) -> list[float]:
    """Luminance of a token in light and in dark."""
    line = re.search(rf"--{name}:\s*light-dark\((.*)\);", tokens)[1]
    found = re.findall(r"oklch\(([\d.]+)% ([\d.]+) ([\d.]+)\)", line)
    return [luminance(float(one) / 100, float(two), float(three)) for one, two, three in found]


@pytest.mark.parametrize("accent", Accent.values)
def test_each_colour_is_read_well_in_light_and_dark(accent):
    folder = site.BASE_DIR / "static" / "css"
    name = re.search(
        rf"\.space--{accent} {{ --space: var\(--([\w-]+)\); }}", (folder / "spaces.css").read_text()
    )[1]
    tokens = (folder / "tokens.css").read_text()
    for ground in ("paper", "surface"):
        pairs = list(zip(schemes(tokens, name), schemes(tokens, ground), strict=True))
        assert len(pairs) == 2
        for pair in pairs:
            assert (max(pair) + 0.05) / (min(pair) + 0.05) >= 4.5, (accent, ground)
