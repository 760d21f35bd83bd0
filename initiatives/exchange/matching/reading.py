"""Reading a text: which ideas, themes and other words are in it."""

from dataclasses import dataclass, field

from .lexicon import STEM, Lexicon
from .stems import stems_of

MOST = 60
# Numbers and words of one or two letters tell nothing.
SHORTEST_STEM = 3


@dataclass(frozen=True)
class Read:
    """Keys of ideas (their slug), of themes and of stems, each with the word that stands for it in the text."""

    spelt: dict[str, str] = field(default_factory=dict)

    @property
    def keys(self) -> list[str]:
        """In the order of the text, so many at most."""
        return list(self.spelt)[:MOST]


def read(lexicon: Lexicon, language: str, *texts: str) -> Read:
    """All that the texts say in a language, what comes first first."""
    tongue = lexicon.tongues[language]
    found: dict[str, str] = {}
    for text in texts:
        pairs = stems_of(language, text)
        stems = [stem for stem, _word in pairs]
        told = -1
        for place, (stem, word) in enumerate(pairs):
            meanings, length = tongue.at(stems, place)
            if not length:
                meanings = tongue.inside(word)
            told = max(told, place + length - 1)
            spelling = " ".join(word for _stem, word in pairs[place : place + max(1, length)])
            for meaning in sorted(meanings):
                found.setdefault(meaning, spelling)
            # A part of a phrase means nothing beside it.
            plain = not meanings and place > told and stem not in tongue.silent
            if plain and len(stem) >= SHORTEST_STEM and not stem.isdigit():
                found.setdefault(STEM + stem, word)
    return Read(found)
