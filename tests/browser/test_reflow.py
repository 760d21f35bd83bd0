"""Pages for everyone and pages of an account fit a small phone in German, and no word of theirs is broken in two."""

import pytest

from tests.browser.waiting import OWN, SLUG
from tests.factories import MemberFactory

pytestmark = pytest.mark.django_db(transaction=True)

OPEN = [
    "/",
    "/initiatives/",
    "/initiatives/?q=nothing",
    f"/initiatives/{SLUG}/report/",
    f"/embed/?collective={OWN}",
    "/networks/",
    "/collectives/",
    "/about/",
    "/glossary/",
    "/legal/",
    "/accessibility/",
    "/accounts/login/",
    "/accounts/signup/",
    "/accounts/password/reset/",
    "/nothing/here/",
]
ACCOUNT = [
    f"/accounts/{page}/"
    for page in (
        *("profile", "collectives", "email", "password/change", "2fa", "2fa/totp/activate"),
        *("sessions", "tokens", "data", "data/erase", "logout"),
    )
]
# Words that stand on two lines without a hyphen of their own, and whatever is wider than the screen.
BROKEN = """() => {
  const wide = document.documentElement.scrollWidth;
  const found = wide > innerWidth ? [`${wide} wide`] : [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  while (texts.nextNode()) {
    const text = texts.currentNode;
    if (text.parentElement.closest("script, textarea, select, code, .hide, .leaflet-container")) continue;
    for (const word of text.data.matchAll(/\\p{L}{4,}/gu)) {
      range.setStart(text, word.index);
      range.setEnd(text, word.index + word[0].length);
      const lines = [...range.getClientRects()].filter((box) => box.width);
      if (lines.some((box) => box.top > lines[0].bottom)) found.push(word[0]);
    }
  }
  return found;
}"""


def test_pages_fit_a_small_phone_without_breaking_words(page, live_server, europe, client):
    page.set_viewport_size({"width": 320, "height": 640})
    found = _broken(page, live_server.url, OPEN)
    client.force_login(MemberFactory())
    cookie = client.cookies["sessionid"]
    page.context.add_cookies([{"name": "sessionid", "value": cookie.value, "url": live_server.url}])
    found += _broken(page, live_server.url, ACCOUNT)
    assert not found, "\n".join(found)


def _broken(page, site: str, paths: list[str]) -> list[str]:
    found = []
    for path in paths:
        page.goto(f"{site}/de{path}")
        found += [f"{path}: {what}" for what in page.evaluate(BROKEN)]
    return found
