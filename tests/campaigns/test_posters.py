"""Posters: one page whose text can be read, whose code leads to the nominee, which say until when and where."""

from datetime import UTC, datetime, timedelta

import pypdfium2
import pytest
import zxingcpp
from django.conf import settings
from django.utils import timezone

from campaigns.buzz import posters
from campaigns.enums import NominationState, Phase
from tests.factories import InitiativeFactory
from tests.initiatives.pages import address

from .heard import poster_of, standing_in
from .making import campaign_in, dates_from, nominated
from .test_cards import LONG

pytestmark = pytest.mark.django_db
LANGUAGES = ["fr", "en", "es", "de", "it"]


def read(client, where: str) -> pypdfium2.PdfDocument:
    """The paper at an address."""
    answer = client.get(where)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/pdf"
    return pypdfium2.PdfDocument(answer.content)


def text_of(paper: pypdfium2.PdfDocument) -> str:
    """What can be marked and searched in it, in one line."""
    assert len(paper) == 1
    return " ".join(paper[0].get_textpage().get_text_bounded().split())


def codes_of(paper: pypdfium2.PdfDocument) -> list[str]:
    """What a telephone reads off it."""
    image = paper[0].render(scale=2).to_pil().convert("L")
    return [code.text for code in zxingcpp.read_barcodes(image)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_code_leads_to_the_nominee_by_the_counted_link(client, bakery, language):
    nomination = standing_in(Phase.LIKES, bakery)
    paper = read(client, poster_of(nomination, language))
    where = address("campaigns:nominee", nomination.campaign.slug, nomination.pk, language=language)
    assert codes_of(paper) == [f"{settings.SITE_URL}{where}?source=poster"]
    # Whoever types it needs no source.
    assert f"{settings.SITE_URL}{where}" in text_of(paper).replace(" ", "")


def test_the_text_says_what_it_is_and_how_to_like_it_until_when(client, bakery):
    first = datetime(2027, 1, 31, 23, 0, tzinfo=UTC)
    nomination = standing_in(Phase.LIKES, bakery, **dates_from(first))
    said = text_of(read(client, poster_of(nomination)))
    for part in (
        bakery.name,
        "States General 2027",
        "It bakes for all of the quarter.",
        "Selected",
        "Scan the code",
        "make an account: each person likes once",
        "Until 2 March 2027 at midnight, Paris time",
    ):
        assert part in said, part


def test_the_hour_is_that_of_the_campaign(client, bakery):
    first = datetime(2027, 1, 1, 11, 0, tzinfo=UTC)
    zones = {"Pacific/Auckland": "Auckland", "America/Martinique": "Martinique", "Europe/Paris": "Paris"}
    said = set()
    for zone, place in zones.items():
        initiative = InitiativeFactory(published=True)
        nomination = standing_in(Phase.LIKES, initiative, time_zone=zone, **dates_from(first))
        text = text_of(read(client, poster_of(nomination)))
        assert f"{place} time" in text
        said.add(text[text.index("Until") : text.index("time")])
    assert len(said) == 3
    # Midnight there is the end of the day before.
    assert "Until 31 January 2027 at midnight, Auckland " in said


def test_a_code_by_mail_is_said_where_the_campaign_takes_it(client, bakery):
    nomination = standing_in(Phase.LIKES, bakery, by_code=True)
    assert "have a code mailed to you" in text_of(read(client, poster_of(nomination)))


@pytest.mark.parametrize(
    ("phase", "words"),
    [
        (Phase.CALL, "Likes from"),
        (Phase.SELECTION, "Likes from"),
        (Phase.COUNTING, "Likes are closed"),
        (Phase.RESULTS, "A laureate of the campaign"),
    ],
)
def test_each_phase_has_its_words(client, bakery, phase, words):
    said = text_of(read(client, poster_of(standing_in(phase, bakery))))
    assert words in said
    assert ("each person likes once" in said) == (phase in (Phase.CALL, Phase.SELECTION))


@pytest.mark.parametrize("name", LONG.values(), ids=LONG)
def test_the_longest_names_and_pitches_fit_and_are_text(client, name):
    campaign = campaign_in(Phase.LIKES, titles={"en": name[:160].strip()})
    initiative = InitiativeFactory(name=name, published=True)
    pitch = ("Ein Haus für alle. " * 60)[:1000].strip()
    nomination = nominated(campaign, initiative, NominationState.SELECTED, pitch=pitch)
    paper = read(client, poster_of(nomination))
    said = text_of(paper).replace(" ", "")
    assert "".join(name.split()) in said
    assert "".join(name[:160].split()) in said
    assert "".join(pitch.split()) in said
    box = paper[0].get_textpage()
    width, height = paper[0].get_size()
    for number in range(box.count_rects()):
        left, bottom, right, top = box.get_rect(number)
        assert left >= 0
        assert right <= width
        assert bottom >= 0
        assert top <= height
    assert len(codes_of(paper)) == 1


def test_the_language_is_that_of_the_address_else_of_the_reader(client, bakery):
    where = poster_of(standing_in(Phase.LIKES, bakery), "").split("?")[0]
    assert client.get(f"{where}?lang=de").status_code == 200
    answer = client.get(where, headers={"accept-language": "es"})
    assert "-es.pdf" in answer.headers["Content-Disposition"]


@pytest.mark.parametrize("query", ["lang=xx", "lang=", "lang=fr&lang=de", "size=a3", "lang=%00"])
def test_what_cannot_be_asked_for_is_refused_by_name(client, bakery, query):
    where = poster_of(standing_in(Phase.LIKES, bakery), "").split("?")[0]
    answer = client.get(f"{where}?{query}")
    assert answer.status_code == 400
    assert answer.json()["parameter"] == query.split("=")[0]


def test_the_same_paper_is_the_same_bytes_and_known_again(client, bakery, monkeypatch):
    where = poster_of(standing_in(Phase.LIKES, bakery))
    first, second = client.get(where), client.get(where)
    assert first.content == second.content
    monkeypatch.setattr("campaigns.buzz.doors.poster", lambda *shown: pytest.fail("drawn again"))
    assert client.get(where, headers={"if-none-match": first.headers["ETag"]}).status_code == 304


def test_another_end_is_another_paper(client, bakery):
    nomination = standing_in(Phase.LIKES, bakery)
    first = client.get(poster_of(nomination)).headers["ETag"]
    nomination.campaign.likes_until = timezone.now() + timedelta(days=9)
    nomination.campaign.save()
    assert client.get(poster_of(nomination)).headers["ETag"] != first


def test_a_picture_stands_on_the_paper(client, bakery, picture, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    nomination = standing_in(Phase.LIKES, bakery)
    nomination.image, nomination.alt = picture(), "All black"
    nomination.save()
    image = read(client, poster_of(nomination))[0].render(scale=1).to_pil()
    assert image.getpixel((300, 180)) == (0, 0, 0)


def test_a_code_has_a_quiet_border_of_four():
    rows = posters.matrix("https://social-planet.example/")
    assert len(rows) == len(rows[0])
    assert not any(any(row[:4]) or any(row[-4:]) for row in rows)
    assert not any(any(row) for row in (*rows[:4], *rows[-4:]))
