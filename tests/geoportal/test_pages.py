"""Pages that stand by themselves, accounts and errors: in five languages, light on queries, without script."""

import copy
import re

import pytest
from django.conf import settings
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import translation
from django.views.csrf import csrf_failure
from django.views.defaults import permission_denied

from geoportal import glossary
from geoportal.errors import server_error
from tests.factories import MemberFactory

LANGUAGES = [code for code, _name in settings.LANGUAGES]
PAGES = ["about", "legal", "accessibility", "glossary"]
ENTRANCE = ["account_login", "account_signup", "account_reset_password", "account_reset_password_done"]
MANAGE = ["account_email", "account_change_password", "account_logout"]
SCRIPTS_AND_DATA = re.compile(r"<script\b.*?</script>", re.S)


def in_main(body: str) -> str:
    """What a page holds between its header and its footer."""
    return body[body.index("<main") : body.index("</main>")]


def address(name: str, language: str, *args) -> str:
    """Address of a page in a language."""
    with translation.override(language):
        return reverse(name, args=args)


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_pages_ask_nothing_of_the_database(client, name, language, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = client.get(address(name, language))
    body = answer.content.decode()
    assert answer.status_code == 200
    assert f'<html lang="{language}"' in body
    assert body.count("<h1") == 1


@pytest.mark.django_db
@pytest.mark.parametrize("name", PAGES)
def test_pages_name_their_other_languages(client, name):
    body = client.get(address(name, "fr")).content.decode()
    for language in LANGUAGES:
        assert f'hreflang="{language}" href="http://testserver{address(name, language)}"' in body


@pytest.mark.django_db
@pytest.mark.parametrize("name", [*PAGES, "initiatives", "networks", "collectives"])
def test_every_page_with_a_footer_offers_its_source(client, name):
    body = client.get(address(name, "en")).content.decode()
    assert 'href="/source/" rel="license"' in body
    assert address("accessibility", "en") in body


@pytest.mark.django_db
@pytest.mark.parametrize("name", PAGES)
def test_reading_sets_no_cookie(client, name):
    assert not client.get(address(name, "en")).cookies


@pytest.mark.django_db
@pytest.mark.parametrize("name", PAGES)
def test_pages_are_complete_without_script(client, name):
    bare = SCRIPTS_AND_DATA.sub("", client.get(address(name, "en")).content.decode())
    assert "hidden" not in re.findall(r"<(?:section|main|h1)\b[^>]*", bare)
    assert "onclick" not in bare
    assert address("map", "en") in bare


@pytest.mark.django_db
@pytest.mark.parametrize("name", PAGES)
def test_links_within_pages_lead_somewhere(client, name):
    body = client.get(address(name, "en")).content.decode()
    ids = re.findall(r'\bid="([^"]+)"', body)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', body)) <= set(ids)
    for part in re.findall(r'aria-(?:labelledby|describedby)="([^"]+)"', body):
        assert set(part.split()) <= set(ids)


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_glossary_anchors_are_unique(client, language):
    with translation.override(language):
        entries = glossary.entries()
    assert len({entry.anchor for entry in entries}) == len(entries)
    body = client.get(address("glossary", language)).content.decode()
    for entry in entries:
        assert f'<div id="{entry.anchor}">' in body


def test_glossary_sorts_accents_with_their_letter(monkeypatch):
    words = {"Initiative": "École", "Theme": "Zone", "Commons": "Eau"}
    monkeypatch.setattr(glossary, "_", lambda text: words.get(text, f"A {text}"))
    assert [entry.word for entry in glossary.entries()][-3:] == ["Eau", "École", "Zone"]


# ── Who runs the site ───────────────────────────────────────────────────────────────────────────


@pytest.mark.django_db
def test_legal_notice_says_what_is_missing(client, monkeypatch):
    for name in settings.PUBLISHER:
        monkeypatch.setitem(settings.PUBLISHER, name, "")
    body = client.get(address("legal", "en")).content.decode()
    assert body.count("to be filled in") == len(settings.PUBLISHER)
    assert "notice--warn" in body


@pytest.mark.django_db
def test_legal_notice_names_the_publisher(client, monkeypatch):
    for name in settings.PUBLISHER:
        monkeypatch.setitem(settings.PUBLISHER, name, f"the {name}")
    body = client.get(address("legal", "en")).content.decode()
    assert "to be filled in" not in body
    assert "notice--warn" not in body
    assert "the director" in body
    for part in ("ODbL-1.0", "Natural Earth", "GeoNames", "csrftoken", "sessionid"):
        assert part in body


# ── Errors ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_unknown_address_offers_a_search(client, language):
    answer = client.get(f"/{language}/nothing-here/")
    body = answer.content.decode()
    assert answer.status_code == 404
    assert f'<html lang="{language}"' in body
    assert f'action="{address("initiatives", language)}"' in body


def test_an_error_page_needs_no_database_and_no_session():
    # No `db` fixture: a query would fail the test.
    answer = server_error(RequestFactory().get("/"))
    body = answer.content.decode()
    assert answer.status_code == 500
    assert "css/tokens.css" in body
    assert "<script" not in body


@pytest.mark.django_db
def test_an_unexpected_error_is_answered_with_that_page(monkeypatch):
    def fail() -> None:
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr(glossary, "entries", fail)
    answer = Client(raise_request_exception=False).get(address("glossary", "en"))
    assert answer.status_code == 500
    assert "An error on our side" in answer.content.decode()


@pytest.mark.django_db
def test_refusals_say_what_to_do(client):
    request = client.get(address("about", "en")).wsgi_request
    with translation.override("en"):
        refused = permission_denied(request, PermissionDenied())
        stale = csrf_failure(request, "no cookie")
    assert refused.status_code == stale.status_code == 403
    assert address("account_login", "en") in refused.content.decode()
    assert "Nothing was sent" in stale.content.decode()


# ── Accounts ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ENTRANCE)
def test_entrance_pages_look_like_ours(client, name, language):
    answer = client.get(address(name, language))
    body = answer.content.decode()
    assert answer.status_code == 200
    assert 'class="card account"' in body
    assert in_main(body).count("btn--main") <= 1
    assert "placeholder" not in body


@pytest.mark.django_db
@pytest.mark.parametrize("name", MANAGE)
def test_account_pages_look_like_ours(client, name):
    member = MemberFactory()
    member.emailaddress_set.create(email=member.email, verified=True, primary=True)
    client.force_login(member)
    answer = client.get(address(name, "en"))
    body = answer.content.decode()
    assert answer.status_code == 200
    assert 'class="card account"' in body
    assert in_main(body).count("btn--main") == 1


@pytest.mark.django_db
def test_errors_are_tied_to_their_fields(client):
    data = {"email": "new@demo.example", "password1": "short", "password2": "short"}
    body = client.post(address("account_signup", "en"), data).content.decode()
    control = re.search(r'<input[^>]*name="password1"[^>]*>', body)[0]
    assert 'aria-invalid="true"' in control
    described = re.search(r'aria-describedby="([^"]+)"', control)[1].split()
    assert described == ["id_password1_helptext", "id_password1_error"]
    for part in described:
        assert f'id="{part}"' in body
    assert 'role="alert" tabindex="-1" autofocus' in body


@pytest.mark.django_db
def test_signing_up_ends_with_a_confirmed_address(client):
    password = "vurtheil-9-quapp"
    data = {"email": "new@demo.example", "password1": password, "password2": password}
    assert client.post(address("account_signup", "en"), data, follow=True).status_code == 200
    link = re.search(r"http://testserver(/\S+confirm-email/\S+)", mail.outbox[0].body)[1]
    assert "new@demo.example" in client.get(link).content.decode()
    assert client.post(link, follow=True).status_code == 200
    signed_in = client.post(
        address("account_login", "en"), {"login": "new@demo.example", "password": password}
    )
    assert signed_in.status_code == 302


@pytest.mark.django_db
def test_a_forgotten_password_can_be_set_anew(client):
    member = MemberFactory()
    member.set_password("forgotten-long-ago")
    member.save()
    member.emailaddress_set.create(email=member.email, verified=True, primary=True)
    client.post(address("account_reset_password", "en"), {"email": member.email})
    link = re.search(r"http://testserver(/\S+reset/key/\S+)", mail.outbox[0].body)[1]
    form = client.get(link, follow=True)
    assert 'class="card account"' in form.content.decode()
    assert in_main(form.content.decode()).count("btn--main") == 1
    assert (
        "card account" in client.get(address("account_reset_password", "en") + "key/1-bad/").content.decode()
    )


# ── Administration ──────────────────────────────────────────────────────────────────────────────


@pytest.mark.django_db
def test_the_administration_leads_back_to_the_map(admin_client):
    body = admin_client.get("/admin/", headers={"accept-language": "en"}).content.decode()
    assert f'href="{address("map", "en")}"' in body
    assert "Social Planet – Administration" in body


@pytest.mark.django_db
def test_maps_of_the_administration_have_our_land(admin_client, settings):
    # The widget of django-leaflet names variables that it does not give.
    lenient = copy.deepcopy(settings.TEMPLATES)
    lenient[0]["OPTIONS"]["string_if_invalid"] = ""
    settings.TEMPLATES = lenient
    body = admin_client.get("/admin/territories/collective/add/").content.decode()
    assert 'id="basemap-config"' in body
    assert 'type="module" src="/static/js/map/admin.js"' in body
    assert "L.Map.djangoMap" in body
