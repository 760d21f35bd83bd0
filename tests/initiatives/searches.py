"""What tests of search share: initiatives with their lexicon, what is suggested, listed and proposed."""

import re

from initiatives.searching import lexicon
from tests.factories import InitiativeFactory

from .pages import address


def made(*names: str, **values) -> None:
    """Published initiatives of these names, and the lexicon of all."""
    for name in names:
        InitiativeFactory(name=name, published=True, **values)
    lexicon.rebuild()


def suggested(client, words: str) -> dict:
    """What is suggested for words."""
    answer = client.get(address("suggest", language="fr"), {"q": words})
    assert answer.status_code == 200
    return answer.json()


def names(client, words: str, **more) -> list[str]:
    """Names in the list of a search, as the page orders them."""
    body = client.get(address("initiatives"), {"q": words, **more}).content.decode()
    return re.findall(r'<li class="row".*?<a href="[^"]*">(.*?)</a>', body)


def proposed(client, words: str, page: str = "initiatives", **more) -> list[str]:
    """Other spellings that a page proposes."""
    body = client.get(address(page), {"q": words, **more}).content.decode()
    return re.findall(r"data-proposal>(.*?)</a>", body)
