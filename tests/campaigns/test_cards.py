"""Pictures for links: what they show, that every name fits, that they are asked for again cheaply."""

import re

import pytest
from django.core.files.storage import default_storage
from django.utils import translation

from campaigns.buzz import cards, facts
from campaigns.buzz.drawing import hues, letters, strokes
from campaigns.buzz.drawing.letters import Face
from campaigns.enums import NominationState, Phase
from campaigns.models import Nomination
from community.spaces.enums import Accent
from tests.factories import InitiativeFactory
from tests.initiatives.pages import address, page
from vocabulary.models import Licence, Theme

from .heard import SEEN, card_of, card_of_campaign, drawn, standing_in
from .making import campaign_in, nominated

pytestmark = pytest.mark.django_db
LANGUAGES = ["fr", "en", "es", "de", "it"]
LONG = {
    "words": ("Gemeinschaftsgärten und Nähwerkstätten für große Höfe, " * 5)[:200],
    "one word": "Ä" * 200,
    "Greek": ("Συνεταιρισμός κοινωνικής και αλληλέγγυας οικονομίας " * 5)[:200],
    "Cyrillic": ("Кооперативна мрежа за солидарна икономика " * 6)[:200],
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_a_picture_of_the_same_size(client, bakery, language):
    nomination = standing_in(Phase.LIKES, bakery)
    for where in (card_of(nomination, language), card_of_campaign(nomination.campaign, language)):
        image = drawn(client, where)
        assert image.size == (1200, 630)


@pytest.mark.parametrize("language", ["xx", "FR", "fr-fr", ""])
def test_another_language_has_no_picture(client, bakery, language):
    nomination = standing_in(Phase.LIKES, bakery)
    for where in (card_of(nomination, language), card_of_campaign(nomination.campaign, language)):
        assert client.get(where).status_code == 404


@pytest.mark.parametrize("name", LONG.values(), ids=LONG)
@pytest.mark.parametrize("measure", ["card", "small"])
def test_the_longest_names_stand_whole(name, measure):
    width, height = (cards.WIDTH - cards.SIDE - 2 * cards.MARGIN, 340) if measure == "card" else (480, 400)
    text = letters.drawable(name, Face.TITLE)
    shown = letters.fitted(text, letters.in_pixels(Face.TITLE), width, height, cards.NAMES)
    assert "".join("".join(shown.lines).split()) == "".join(name.split())
    assert shown.height <= height
    face = letters.font(Face.TITLE, round(shown.size))
    assert all(face.getlength(line) <= width for line in shown.lines)


def test_a_short_name_is_large_and_a_long_one_small():
    def size(text: str) -> float:
        return letters.fitted(text, letters.in_pixels(Face.TITLE), 650, 340, cards.NAMES).size

    assert size("Le Fournil") == max(cards.NAMES)
    assert size(LONG["words"]) < 50


def test_a_line_breaks_at_no_space_that_holds_together():
    text = letters.drawable("Dites ce que vous aimez\u202f: «\u00a0oui\u00a0»", Face.TEXT)
    width = letters.font(Face.TEXT, 20).getlength("Dites ce que vous aimez")
    shown = letters.fitted(text, letters.in_pixels(Face.TEXT), width, 400, (20,))
    assert shown.lines == ["Dites ce que vous", "aimez\u202f: «\u00a0oui\u00a0»"]


def test_what_does_not_fit_at_all_ends_with_an_ellipsis():
    shown = letters.fitted("word " * 400, letters.in_pixels(Face.TEXT), 300, 100, (20, 16))
    assert shown.height <= 100
    assert shown.lines[-1].endswith("…")


@pytest.mark.parametrize("text", [*LONG.values(), "Çà et là – «œuvre» à l’été", "Łódź, Győr, Şişli, Ñandú"])
@pytest.mark.parametrize("face", Face)
def test_the_alphabets_of_europe_are_drawn(text, face):
    assert letters.drawable(text, face) == " ".join(text.split())


def test_what_the_letters_do_not_have_is_left_out():
    assert letters.drawable("Bread 🥖 for\x00 all\u202e", Face.TITLE) == "Bread for all"


def test_a_name_without_any_such_letter_is_drawn_by_its_theme(client):
    nomination = standing_in(Phase.LIKES, InitiativeFactory(name="北京", published=True))
    assert drawn(client, card_of(nomination)).size == (1200, 630)


@pytest.mark.django_db(False)
@pytest.mark.parametrize("accent", Accent)
def test_each_campaign_has_its_colour(accent):
    red, green, blue = hues.of_accent(accent)
    assert (red, green, blue) != hues.WHITE
    # White letters are read on it: 4.5 to 1 at least.
    light = sum(
        share * (part / 255) ** 2.2
        for share, part in zip((0.2126, 0.7152, 0.0722), (red, green, blue), strict=True)
    )
    assert 1.05 / (light + 0.05) > 4.5


def test_every_theme_has_its_lines_and_its_colour():
    icons = [theme.icon for theme in Theme.objects.roots()]
    assert len({hues.of_theme(icon) for icon in icons}) == len(icons) == 10
    for icon in icons:
        points = [point for line in strokes.icon(icon) for point in line]
        assert len(points) > 5
        assert all(2 <= x <= 22 and 2 <= y <= 22 for x, y in points)


def test_the_colour_of_the_campaign_is_below_and_that_of_the_theme_beside(client, bakery):
    image = drawn(client, card_of(standing_in(Phase.LIKES, bakery, accent=Accent.PINE)))
    assert image.getpixel((5, 625)) == hues.token("space-pine")
    hue = hues.of_theme(bakery.root_theme.icon)
    beside = image.crop((cards.WIDTH - cards.SIDE, 0, cards.WIDTH, cards.TOP))
    assert hue in {color for _number, color in beside.getcolors(100_000)}


def test_the_picture_of_the_nomination_comes_before_that_of_the_initiative(
    bakery, picture, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    nomination = standing_in(Phase.LIKES, bakery)
    assert facts.of_nomination(nomination).picture == ""
    licence = Licence.objects.first()
    bakery.photos.create(image=picture("shop.png"), alt="The shop", credit="Zoe Zest", licence=licence)
    found = facts.public_nomination(nomination.campaign, nomination.pk)
    shown = facts.of_nomination(found)
    assert shown.picture.startswith("photos/")
    assert shown.credit == f"Zoe Zest, {licence.code}"
    found.image, found.alt = picture("oven.png"), "The oven"
    found.save()
    shown = facts.of_nomination(found)
    assert shown.picture.startswith("nominations/")
    assert shown.credit == ""


def test_a_picture_that_is_gone_leaves_the_colour_of_the_theme(client, bakery, picture, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    nomination = standing_in(Phase.LIKES, bakery)
    Nomination.objects.filter(pk=nomination.pk).update(
        image="nominations/gone.png", alt="Gone", width=4, height=3
    )
    without = drawn(client, card_of(standing_in(Phase.LIKES, bakery, accent=nomination.campaign.accent)))
    assert not default_storage.exists("nominations/gone.png")
    image = drawn(client, card_of(nomination))
    box = (cards.WIDTH - cards.SIDE, 0, cards.WIDTH, cards.TOP)
    assert list(image.crop(box).get_flattened_data()) == list(without.crop(box).get_flattened_data())


def test_a_picture_that_is_there_fills_its_place(client, bakery, picture, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    nomination = standing_in(Phase.LIKES, bakery)
    nomination.image, nomination.alt = picture(), "All black"
    nomination.save()
    image = drawn(client, card_of(nomination))
    assert image.getpixel((cards.WIDTH - 20, 20)) == (0, 0, 0)
    assert image.getpixel((cards.WIDTH - 20, cards.TOP - 20)) == (0, 0, 0)


@pytest.mark.parametrize(
    ("phase", "state", "standing"),
    [(phase, state, word) for phase, told in SEEN.items() for state, word in told.items()],
)
def test_it_says_what_everyone_knows(bakery, phase, state, standing):
    nomination = nominated(campaign_in(phase), bakery, state)
    assert facts.standing(nomination) == standing
    shown = facts.of_nomination(nomination)
    assert (shown.line, shown.title) == (standing.capitalize(), "States General 2027")


def test_the_same_is_drawn_in_the_same_bytes_and_known_again(client, bakery):
    nomination = standing_in(Phase.LIKES, bakery)
    for where in (card_of(nomination), card_of_campaign(nomination.campaign)):
        first, second = client.get(where), client.get(where)
        assert first.content == second.content
        assert first.headers["Cache-Control"] == "public, max-age=0, must-revalidate"
        known = client.get(where, headers={"if-none-match": first.headers["ETag"]})
        assert (known.status_code, known.content) == (304, b"")
        assert known.headers["ETag"] == first.headers["ETag"]


def test_nothing_is_drawn_for_whoever_has_it(client, bakery, monkeypatch):
    where = card_of(standing_in(Phase.LIKES, bakery))
    etag = client.get(where).headers["ETag"]
    monkeypatch.setattr("campaigns.buzz.doors.card", lambda shown: pytest.fail("drawn again"))
    assert client.get(where, headers={"if-none-match": etag}).status_code == 304


def test_another_name_phase_or_language_is_another_picture(client, bakery):
    nomination = standing_in(Phase.CALL, bakery)
    tags = {client.get(card_of(nomination, language)).headers["ETag"] for language in LANGUAGES}
    assert len(tags) == 5
    first = client.get(card_of(nomination)).headers["ETag"]
    type(bakery).objects.filter(pk=bakery.pk).update(name="Another bakery")
    second = client.get(card_of(nomination)).headers["ETag"]
    type(nomination.campaign).objects.filter(pk=nomination.campaign_id).update(phase=Phase.LIKES)
    nomination.state = NominationState.SELECTED
    nomination.save()
    third = client.get(card_of(nomination)).headers["ETag"]
    assert len({first, second, third}) == 3


def test_a_picture_asks_the_database_little(client, bakery, django_assert_max_num_queries):
    nomination = standing_in(Phase.LIKES, bakery)
    with django_assert_max_num_queries(5):
        client.get(card_of(nomination))
    with django_assert_max_num_queries(3):
        client.get(card_of_campaign(nomination.campaign))


def tags_of(body: str) -> dict[str, str]:
    """What the head of a page tells sites that show links."""
    return dict(re.findall(r'<meta (?:property|name)="((?:og|twitter):[\w:]+)" content="([^"]*)"', body))


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_say_where_their_picture_is_in_their_language(client, bakery, language):
    nomination = standing_in(Phase.LIKES, bakery)
    slug = nomination.campaign.slug
    with translation.override(language):
        for route, args in (("campaign", [slug]), ("campaigns:nominee", [slug, nomination.pk])):
            where = address(route, *args, language=language)
            tags = tags_of(client.get(where).content.decode())
            assert tags["og:image"].endswith(f"/card.{language}.png")
            assert (tags["og:image:width"], tags["og:image:height"]) == ("1200", "630")
            assert tags["og:locale"].startswith(language)
            assert tags["og:url"].endswith(where)
            assert tags["twitter:card"] == "summary_large_image"
            assert {"og:title", "og:description", "og:type", "og:image:alt"} <= set(tags)
            found = "/campaigns/" + tags["og:image"].split("/campaigns/", 1)[1]
            assert client.get(found).status_code == 200


def test_pages_that_not_everyone_sees_have_no_picture(client, cast, bakery):
    client.force_login(cast["admin"])
    draft = nominated(campaign_in(Phase.DRAFT), bakery)
    proposed = nominated(campaign_in(Phase.CALL), bakery, NominationState.PROPOSED)
    for route, args in (
        ("campaign", [draft.campaign.slug]),
        ("campaigns:nominee", [draft.campaign.slug, draft.pk]),
        ("campaigns:nominee", [proposed.campaign.slug, proposed.pk]),
    ):
        assert tags_of(page(client, route, *args)) == {}
