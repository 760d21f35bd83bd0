"""Passkeys in a real browser: added, asked for after the password, and what the browser refuses told on the page."""

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from playwright.sync_api import expect

from community.models import Member
from tests.browser.looks import both_looks

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "a-long-password-1"
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasUserVerification": True,
    "isUserVerified": True,
    "hasResidentKey": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def member(words) -> Member:
    """Someone with a password."""
    member = Member.objects.create_user("ana@demo.example", PASSWORD)
    member.emailaddress_set.create(email=member.email, verified=True, primary=True)
    return member


@pytest.fixture
def site(live_server) -> str:
    """The server by its name: browsers give no passkeys to addresses made of numbers."""
    return live_server.url.replace("127.0.0.1", "localhost")


@pytest.fixture
def holder(page):
    """A device that holds passkeys and grants them at once."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})


def sign_in(page, site: str) -> None:
    """With the password alone."""
    cache.clear()
    page.goto(f"{site}/en/accounts/login/")
    page.locator("[name=login]").fill("ana@demo.example")
    page.locator("[name=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/login/" not in url)


def add(page, site: str) -> None:
    """Go to the page where one is added, with the password once more, and name it."""
    page.goto(f"{site}/en/accounts/2fa/")
    page.get_by_role("link", name="Add a passkey").click()
    if page.locator("[name=password]").count():
        page.locator("[name=password]").fill(PASSWORD)
        page.keyboard.press("Enter")
    page.locator("[name=name]").fill("My phone")


@both_looks
def test_one_is_added_and_asked_for_after_the_password(page, site, member, holder, axe, size, scheme):
    page.emulate_media(color_scheme=scheme)
    sign_in(page, site)
    add(page, site)
    assert axe(page) == []
    page.keyboard.press("Enter")
    page.wait_for_url("**/recovery-codes/")
    expect(page.get_by_text("Passkey added.")).to_be_visible()
    page.goto(f"{site}/en/accounts/2fa/")
    expect(page.get_by_text("My phone").first).to_be_visible()
    assert axe(page) == []
    page.context.clear_cookies()
    sign_in(page, site)
    assert "/2fa/authenticate/" in page.url
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url(f"{site}/en/**")
    expect(page.locator("[data-map]")).to_be_attached()
    page.goto(f"{site}/en/accounts/2fa/")
    expect(page.get_by_text("Last used on")).to_be_visible()
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_role("link", name="Use a passkey").click()
    assert axe(page) == []
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url("**/webauthn/add/")
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_role("alert")).to_have_text("This device holds a passkey of yours already.")
    assert axe(page) == []


def test_what_the_browser_refuses_is_told(page, site, member, holder, axe):
    sign_in(page, site)
    add(page, site)
    page.evaluate(
        "() => { navigator.credentials.create = () => Promise.reject(new DOMException('', 'NotAllowedError')); }"
    )
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_role("alert")).to_contain_text("refused or took too long")
    assert axe(page) == []
    assert not Authenticator.objects.exists()


def test_one_that_knows_nobody_is_refused_after_the_password(page, site, member, holder, axe):
    sign_in(page, site)
    add(page, site)
    page.get_by_role("button", name="Add it").click()
    page.wait_for_url("**/recovery-codes/")
    page.context.clear_cookies()
    sign_in(page, site)
    # The page was asked for anew meanwhile, so the answer is to a former question.
    page.request.get(f"{site}/en/accounts/2fa/authenticate/")
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("alert")).to_contain_text("This passkey was not accepted.")
    assert axe(page) == []
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.locator("[data-map]")).to_be_attached()


def test_an_address_made_of_numbers_gets_none_and_is_told(page, site, member, holder):
    numbers = site.replace("localhost", "127.0.0.1")
    sign_in(page, numbers)
    add(page, numbers)
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_role("alert")).to_contain_text("sites with a name only")


def test_a_browser_without_script_is_told(browser, site, member):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    sign_in(page, site)
    add(page, site)
    # Such a context does not show what stands in `noscript`, as a browser without script does.
    assert "Passkeys need a script" in page.content()
    expect(page.get_by_role("button", name="Add it")).to_be_hidden()
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("No passkey came")
    context.close()
