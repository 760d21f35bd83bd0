"""Somebody who signs in and has a keyboard alone."""

import pytest


def signed_in(page, client, live_server, member, path: str) -> None:
    """A page of a member."""
    client.force_login(member)
    cookie = client.cookies["sessionid"]
    page.context.add_cookies([{"name": "sessionid", "value": cookie.value, "url": live_server.url}])
    page.goto(live_server.url + path)


def typed(page, field: str, text: str) -> None:
    """Go to a field by the keyboard, and type."""
    for _step in range(40):
        if page.evaluate("document.activeElement.name") == field:
            break
        page.keyboard.press("Tab")
    else:
        pytest.fail(f"the keyboard does not reach {field}")
    page.keyboard.type(text)


def pressed(page, words: str) -> None:
    """Go on to a button or a link, and press it."""
    for _step in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.innerText.trim()") == words:
            page.keyboard.press("Enter")
            return
    pytest.fail(f"the keyboard does not reach {words}")
