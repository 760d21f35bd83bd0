"""From the form without an account to the map, by keyboard, and without script."""

import os
import re
from pathlib import Path

import pytest
from django.core import mail
from playwright.sync_api import expect

from initiatives import actions
from initiatives.models import Initiative
from tests.worker import work
from vocabulary.models import Theme

pytestmark = pytest.mark.django_db(transaction=True)


def shot(page, name: str) -> None:
    """A picture for whoever asks for pictures."""
    if folder := os.environ.get("SHOTS"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def link() -> str:
    """The path of the link in the last mail."""
    return re.search(r"https?://[^/]+(/\S+)", mail.outbox[-1].body)[1]


def type_into(page, name: str, text: str) -> None:
    """Type into a field that has the focus, or is given it."""
    page.locator(f"main [name={name}]").focus()
    page.keyboard.type(text)


def test_by_keyboard_to_the_map(axe, page, live_server, europe, size):
    # Not show(): a form that is sent back answers 400, which the console counts as an error.
    def show(path: str) -> None:
        page.goto(f"{live_server.url}{path}")

    show("/fr/initiatives/submit/")
    assert axe(page) == []
    shot(page, f"submit-{size}")
    page.keyboard.press("Tab")
    type_into(page, "name", "Le Fournil des Deux")
    page.locator("[data-similar] a", has_text="Le Fournil des Deux Rives").wait_for()
    type_into(page, "name", " Vallées")
    page.keyboard.press("Tab")
    page.keyboard.type("Du pain au levain, pétri ensemble.")
    page.locator("[name=primary_theme]").select_option(str(Theme.objects.get(slug="repair-cafes").pk))
    type_into(page, "locality", "Grenoble")
    # The map goes to the town that was named.
    with page.expect_response("**/suggest/**"):
        page.locator("[name=country]").focus()
    page.locator("[name=country]").select_option("FR")
    page.wait_for_timeout(300)
    page.locator("[data-picker-take]").focus()
    page.keyboard.press("Enter")
    expect(page.locator("[name=lat]")).to_have_value(re.compile(r"^45\.18"))
    type_into(page, "description", "Chaque samedi, **ensemble**.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("[data-preview-shown] strong")).to_have_text("ensemble")
    shot(page, f"submit-full-{size}")
    assert axe(page) == []
    # What was typed outlives the page.
    page.reload()
    expect(page.locator("[name=summary]")).to_have_value("Du pain au levain, pétri ensemble.")
    expect(page.locator("[data-kept]")).to_be_visible()
    type_into(page, "submitter_email", "someone@demo.example")
    page.locator("[name=submitter_email]").press("Enter")
    # The licence was forgotten: the list of errors has the focus.
    expect(page.locator("[data-errors]")).to_be_focused()
    shot(page, f"submit-error-{size}")
    assert axe(page) == []
    page.locator("[name=consent]").focus()
    page.keyboard.press("Space")
    page.locator("[name=submitter_email]").press("Enter")
    page.wait_for_url("**/initiatives/status/*/")
    assert axe(page) == []
    shot(page, f"submit-sent-{size}")
    work()
    show(link())
    assert axe(page) == []
    page.locator("main form button").focus()
    page.keyboard.press("Enter")
    page.locator("main ol li").wait_for()
    assert axe(page) == []
    shot(page, f"submission-{size}")
    actions.publish(Initiative.objects.get(name="Le Fournil des Deux Vallées"), by=None)
    show("/fr/#12/45.1885/5.7245")
    expect(page.locator("[data-rows]").get_by_text("Le Fournil des Deux Vallées")).to_be_visible()
    show("/fr/initiatives/submit/")
    expect(page.locator("[name=summary]")).to_have_value("")


def test_an_address_a_language_and_the_draft(axe, page, live_server, europe, size):
    page.goto(f"{live_server.url}/en/initiatives/submit/")
    type_into(page, "name", "Garage commun")
    type_into(page, "locality", "Grenoble")
    page.locator("[name=country]").select_option("FR")
    page.locator("[data-part=candidates]").focus()
    page.keyboard.press("Enter")
    first = page.locator("#candidates [name=candidate]").first
    expect(first).to_be_focused()
    page.keyboard.press("Space")
    expect(page.locator("[name=lat]")).to_have_value(re.compile(r"^45\.1"))
    # The point was set otherwise: the address is chosen no longer.
    page.locator("[data-picker-take]").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#candidates [name=candidate][value='']")).to_be_checked()
    assert page.locator("[name=name]").input_value() == "Garage commun"
    page.locator("[data-part=languages]").focus()
    page.keyboard.press("Enter")
    expect(page.locator("[name=translation_1_language]")).to_be_focused()
    page.locator("[name=translation_1_language]").select_option("de")
    type_into(page, "translation_1_description", "Jeden **Samstag**.")
    page.locator("[data-preview]").click()
    expect(page.locator("[data-preview-shown] strong")).to_have_text("Samstag")
    shot(page, f"submit-steps-{size}")
    assert axe(page) == []
    page.wait_for_timeout(500)
    page.reload()
    expect(page.locator("[name=translation_1_description]")).to_have_value("Jeden **Samstag**.")
    expect(page.locator("[name=translation_1_language]")).to_have_value("de")


def test_this_is_it_from_the_list_while_typing(axe, page, live_server, europe, size):
    page.goto(f"{live_server.url}/en/initiatives/submit/")
    type_into(page, "summary", "Sourdough, kneaded together.")
    type_into(page, "name", "Le Fournil des Deux")
    this = page.locator("[data-similar] button", has_text="Le Fournil des Deux Rives")
    this.wait_for()
    shot(page, f"submit-similar-{size}")
    assert axe(page) == []
    this.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/suggest/")
    expect(page.locator("[name=summary]")).to_have_value("Sourdough, kneaded together.")
    expect(page.locator("[name=name]")).to_have_value("Le Fournil des Deux Rives")
    expect(page.locator("[data-errors]")).to_be_focused()
    shot(page, f"submit-same-{size}")
    assert axe(page) == []


class TestWithoutScript:
    """The same way in a browser that runs no script."""

    @pytest.fixture
    def browser_context_args(self, browser_context_args):
        """No script."""
        return {**browser_context_args, "java_script_enabled": False}

    def test_from_the_form_to_review(self, page, live_server, europe):
        page.goto(f"{live_server.url}/fr/initiatives/submit/")
        page.locator("[name=name]").fill("Garage commun")
        page.locator("[name=primary_theme]").select_option(str(Theme.objects.get(slug="repair-cafes").pk))
        page.locator("[name=locality]").fill("grenoble")
        page.locator("[name=country]").select_option("FR")
        page.locator("[name=submitter_email]").fill("someone@demo.example")
        page.locator("[name=consent]").check()
        page.locator("main form button[type=submit]").click()
        page.get_by_role("button", name="Envoyer").wait_for()
        work()
        page.goto(f"{live_server.url}{link()}")
        page.locator("main form button").click()
        page.locator("main ol li").wait_for()
        made = Initiative.objects.get(name="Garage commun")
        assert (made.status, made.precision) == ("pending", "locality")

    def test_every_step_keeps_what_was_typed(self, axe, page, live_server, europe, size):
        page.goto(f"{live_server.url}/en/initiatives/submit/")
        page.locator("[name=name]").fill("Le Fournil des Deux Ponts")
        page.locator("[name=primary_theme]").select_option(str(Theme.objects.get(slug="repair-cafes").pk))
        page.locator("[name=locality]").fill("grenoble")
        page.locator("[name=country]").select_option("FR")
        page.locator("[name=submitter_email]").fill("someone@demo.example")
        page.locator("[name=consent]").check()
        page.locator("[name=step][value=find]").click()
        page.locator("[name=candidate]").first.check()
        page.locator("[name=step][value=language]").click()
        page.locator("[name=translation_1_language]").select_option("en")
        page.locator("[name=translation_1_name]").fill("The Bakehouse")
        page.locator("[name=step][value=preview]").click()
        expect(page.locator("#preview h3").first).to_have_text("Le Fournil des Deux Ponts")
        expect(page.locator("[name=candidate]").first).to_be_checked()
        shot(page, f"submit-preview-noscript-{size}")
        # English twice.
        page.locator("main form button[type=submit]").click()
        expect(page.locator("#id_translation_1_language_error")).to_be_visible()
        page.locator("[name=description_language]").select_option("fr")
        page.locator("main form button[type=submit]").click()
        if page.locator("[name=other]").count():
            shot(page, f"submit-question-{size}")
            page.locator("[name=other]").click()
        page.wait_for_url("**/initiatives/status/**")
        made = Initiative.objects.get(name="Le Fournil des Deux Ponts")
        assert made.precision == "locality"
        assert made.translations.get().name == "The Bakehouse"

    def test_one_that_is_there_is_asked_about(self, page, live_server, europe, size):
        page.goto(f"{live_server.url}/en/initiatives/submit/")
        there = Initiative.objects.get(name="Le Fournil des Deux Rives")
        page.locator("[name=name]").fill("Fournil des Deux Rives")
        page.locator("[name=primary_theme]").select_option(str(there.primary_theme_id))
        page.locator("summary", has_text="Coordinates").click()
        page.locator("[name=lat]").fill(str(there.public_position.y))
        page.locator("[name=lon]").fill(str(there.public_position.x))
        page.locator("[name=website]").fill("https://fournil.example")
        page.locator("[name=submitter_email]").fill("someone@demo.example")
        page.locator("[name=consent]").check()
        page.locator("main form button[type=submit]").click()
        expect(page.locator("[name=other]")).to_be_visible()
        shot(page, f"submit-question-{size}")
        page.locator("[name=step][value=same]", has_text="Le Fournil des Deux Rives").click()
        expect(page.locator("[name=website]")).to_have_value("https://fournil.example")
        assert "/suggest/" in page.url
