"""What a form does before it is sent, without script: looks up addresses, takes more languages, shows a preview."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from initiatives import actions
from initiatives.enums import ContactKind, Precision, Visibility
from initiatives.models import Initiative, Submission
from initiatives.submitting import links
from initiatives.views import steps
from territories.geocoding.candidates import Candidate, Fineness
from territories.geocoding.looking import Found
from tests.factories import PlaceFactory

from .handing_in import confirm, fields, send

pytestmark = pytest.mark.django_db
HOUSE = Candidate("8 Rue de la Paix <b>, Lyon", 4.8357, 45.764, Fineness.EXACT, "FR")
STREET = Candidate("Rue de la Paix, Lyon", 4.8357, 45.764, Fineness.STREET, "FR")
TOWN = Candidate("Lyon", 4.8357, 45.764, Fineness.LOCALITY, "FR")
NO_POINT = {"lat": "", "lon": ""}


def press(client, step: str, **changes) -> str:
    """Press a button inside the form; the page."""
    answer = send(client, step=step, **changes)
    assert answer.status_code == 200
    assert not Initiative.objects.exists()
    return answer.content.decode()


@pytest.fixture
def found(monkeypatch):
    """A service that knows an address."""
    asked = []

    def find(address, *, may_ask):
        asked.append((address, may_ask))
        return Found([HOUSE, STREET, TOWN], "Base Adresse Nationale")

    monkeypatch.setattr(steps.looking, "find", find)
    return asked


# ── Addresses ───────────────────────────────────────────────────────────────────────────────────
def test_an_address_is_looked_up_and_nothing_typed_is_lost(client, rhone, found):
    page = press(client, "find", **NO_POINT, street="8 rue de la Paix", postcode="69001", locality="Lyon")
    assert page.count('name="candidate"') == 4
    assert "8 Rue de la Paix &lt;b&gt;, Lyon" in page
    assert "the street" in page or "rue" in page
    assert "Base Adresse Nationale" in page
    assert 'value="Café des Réparations"' in page
    assert "Chaque samedi" in page
    # Nobody is told off for what is not there yet.
    assert "field__error" not in page
    ((address, may_ask),) = found
    assert (address.line, may_ask) == ("8 rue de la Paix, 69001 Lyon", True)


@pytest.mark.parametrize(
    ("one", "wished", "kept"),
    [
        (HOUSE, Precision.EXACT, Precision.EXACT),
        (HOUSE, Precision.REGION, Precision.REGION),
        (STREET, Precision.EXACT, Precision.STREET),
        (STREET, Precision.LOCALITY, Precision.LOCALITY),
        (TOWN, Precision.STREET, Precision.LOCALITY),
    ],
)
def test_a_chosen_address_is_the_place_no_finer_than_it_was_found(client, rhone, one, wished, kept):
    answer = send(client, **NO_POINT, candidate=one.value, precision=wished)
    assert answer.status_code == 302
    made = Initiative.objects.get()
    assert (made.position.coords, made.precision) == ((4.8357, 45.764), kept)


@pytest.mark.parametrize(
    "odd", ["x", "1 2", "nan nan exact", "45.7 4.8 region", "99 4 exact", "45 4 exact '"]
)
def test_a_choice_that_was_never_offered_is_refused(client, rhone, odd):
    answer = send(client, **NO_POINT, candidate=odd)
    assert "candidate" in answer.context["form"].errors
    assert not Initiative.objects.exists()


def test_found_ones_stay_while_something_else_is_wrong(client, rhone, found):
    answer = send(client, looked="1", candidate=STREET.value, consent=None)
    page = answer.content.decode()
    assert answer.status_code == 400
    assert f'value="{STREET.value}" checked' in page


def test_that_nobody_could_be_asked_is_said(client, rhone, monkeypatch):
    monkeypatch.setattr(steps.looking, "find", lambda *_given, **_more: Found([TOWN], has_failed=True))
    assert "could not be looked up" in client_page(client)
    monkeypatch.setattr(steps.looking, "find", lambda *_given, **_more: Found([]))
    assert "We found no such place" in client_page(client)


def client_page(client) -> str:
    """After looking up, in English."""
    return client.post("/en/initiatives/submit/", fields(step="find")).content.decode()


def test_without_a_service_the_towns_are_offered(client, rhone):
    PlaceFactory(name="Lyon", country="FR", search_names="|lyon|lugdunum")
    assert 'value="45.764000 4.835700 locality"' in press(client, "find", locality="LYON", country="FR")


def test_who_asks_too_often_gets_towns_only(client, rhone, found, settings):
    settings.ACCOUNT_RATE_LIMITS = {"find_address": "1/h/ip"}
    for _try in range(2):
        press(client, "find", locality="Lyon")
    assert [may_ask for _address, may_ask in found] == [True, False]


# ── Languages ───────────────────────────────────────────────────────────────────────────────────
def english(**changes) -> dict:
    """A second language."""
    texts = {"language": "en", "name": "Repair café", "summary": "Mend it.", "description": "*Together*."}
    return {f"translation_1_{name}": value for name, value in {**texts, **changes}.items()}


def test_another_language_is_a_button_away(client, rhone):
    page = press(client, "language")
    assert 'name="translation_1_language"' in page
    page = press(client, "language", **english())
    assert 'name="translation_2_language"' in page
    assert 'value="Repair café"' in page


def test_several_languages_are_stored_with_the_initiative(client, rhone):
    more = {"translation_2_language": "eu", "translation_2_name": "Konponketa kafea"}
    assert send(client, **english(), **more, translation_3_language="de").status_code == 302
    rows = Initiative.objects.get().translations.all()
    assert [(row.language, row.name, row.description) for row in rows] == [
        ("en", "Repair café", "*Together*."),
        ("eu", "Konponketa kafea", ""),
    ]


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        (english(language=""), "translation_1_language"),
        (english(language="fr"), "translation_1_language"),
        (english(language="xx"), "translation_1_language"),
        (english(name="n" * 201), "translation_1_name"),
        ({**english(), "translation_2_language": "en", "translation_2_name": "x"}, "translation_2_language"),
        ({"translation_99_language": "en", "translation_99_name": "x"}, None),
    ],
)
def test_a_language_that_is_wrong_is_named(client, rhone, changes, wrong):
    answer = send(client, **changes)
    assert answer.status_code == (400 if wrong else 302)
    if wrong:
        assert list(answer.context["form"].errors) == [wrong]


def test_a_correction_shows_all_languages_and_keeps_them(client, rhone):
    send(client, **english())
    submission = Submission.objects.get()
    confirm(client, submission)
    actions.ask_changes(Initiative.objects.get(), by=None, reason="Which day?")
    address = reverse("submission_correct", args=[links.token_of(submission)])
    assert 'value="Repair café"' in client.get(address).content.decode()
    changes = {"submitter_email": None, "consent": None}
    assert "translation_2_name" in client.post(address, fields(step="language", **english())).content.decode()
    assert client.post(address, fields(**changes, **english(name="Mending café"))).status_code == 302
    assert Initiative.objects.get().translations.get().name == "Mending café"


# ── Preview ─────────────────────────────────────────────────────────────────────────────────────
def test_a_preview_shows_every_language_and_sends_nothing(client, rhone):
    page = press(client, "preview", **english(), summary="<script>alert(1)</script>")
    assert "<em>ensemble</em>" in page
    assert "<em>Together</em>" in page
    assert "<script>alert" not in page
    assert 'value="Café des Réparations"' in page


def test_pictures_that_were_not_kept_are_told_of(client, rhone):
    picture = SimpleUploadedFile("a.jpg", b"x", content_type="image/jpeg")
    answer = client.post("/en/initiatives/submit/", fields(step="preview", photo_1=picture))
    assert "choose your pictures again" in answer.content.decode()
    assert "choose your pictures again" not in press(client, "preview")


@pytest.mark.parametrize("step", ["find", "language", "preview"])
@pytest.mark.parametrize(
    "data", [{}, {"primary_theme": "x", "themes": "y", "lat": "\u0663", "legal_form": "0"}]
)
def test_odd_input_does_not_break_a_step(client, rhone, step, data):
    assert client.post(reverse("submit"), {"step": step, **data}).status_code == 200


# ── The same one ────────────────────────────────────────────────────────────────────────────────
def test_one_that_is_there_already_is_asked_about_once(client, bakery):
    Initiative.objects.update(website="https://fournil.example/")
    bakery.contacts.create(kind=ContactKind.PHONE, value="+33199001234", visibility=Visibility.EVERYONE)
    bakery.contacts.create(kind=ContactKind.EMAIL, value="x@demo.example", visibility=Visibility.NOBODY)
    given = fields(name="Le Fournil des deux rives")
    answer = client.post("/en/initiatives/submit/", given)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert Initiative.objects.count() == 1
    assert "Is it one of these?" in page
    for told in (
        bakery.name,
        "fournil.example",
        "+33199001234",
        reverse("suggest_change", args=[bakery.slug])[3:],
    ):
        assert told in page
    assert "x@demo.example" not in page
    assert client.post("/en/initiatives/submit/", {**given, "other": "1"}).status_code == 302
    assert Initiative.objects.count() == 2


def test_what_was_seen_while_typing_is_not_asked_about_again(client, bakery):
    assert send(client, name="Le Fournil des deux rives", seen=[bakery.slug, "x"]).status_code == 302


def test_this_is_it_leads_to_a_suggestion_with_what_was_typed(client, bakery):
    given = fields(name="fournil", summary="Bread for all.", website="https://new.example/", step="same")
    answer = client.post(f"/en/initiatives/{bakery.slug}/suggest/", given)
    page = answer.content.decode()
    form = answer.context["form"]
    assert answer.status_code == 200
    assert form["summary"].value() == "Bread for all."
    assert form["website"].value() == "https://new.example/"
    assert form["description"].value() == "Chaque samedi, *ensemble*."
    # Found by half its name: that is no correction.
    assert form["name"].value() == bakery.name
    assert form["primary_theme"].value() == bakery.primary_theme_id
    assert "In one sentence" in page
    assert "We have put in what you had typed" in page
    sent = {
        name: form[name].value()
        for name in ("shown", "summary", "name", "primary_theme", "precision", "lat", "lon")
    }
    again = client.post(
        f"/en/initiatives/{bakery.slug}/suggest/",
        {**sent, "key": str(bakery.uuid), "description_language": "fr", "email_visibility": "nobody"},
    )
    assert again.status_code == 302
    assert bakery.proposals.get().values["summary"] == "Bread for all."


def test_similar_ones_cost_few_queries(client, bakery, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        client.get(reverse("submit_similar"), {"name": "Fournil", "lat": "45.765", "lon": "4.836"})
