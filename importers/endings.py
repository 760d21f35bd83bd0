"""Words without the endings of one and of many, roughly and in five languages: fit for comparing, not for showing.

Both sides of a comparison are reduced by the same rule, so that it need not know which language a word is of.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

ITALIAN = re.compile(r"([cg])h(?=[ei]$)")
# Shorter words are too often parts of other words; within a phrase the other words make up for it.
SHORTEST, SHORTEST_OF_VOWELS, SHORTEST_IN_PHRASE = 4, 5, 3
# For which others write a sign that is left out: “Education & Training”.
AND = {"and", "et", "und", "y", "e", "ed"}
# No word has so many letters.
NEVER = 1_000


@lru_cache(maxsize=50_000)
def one_of_many(word: str, shortest: int = SHORTEST, of_vowels: int = SHORTEST_OF_VOWELS) -> str:
    """A folded word without its ending, and the same for its singular; of so many letters it is left at least."""
    if word.endswith("aux") and not word.endswith("eaux"):
        # French: local, locaux.
        word = f"{word[:-3]}al"
    if len(word) > shortest and word[-1] in "sx" and not word.endswith("ss"):
        word = word[:-1]
    if word.endswith("en") and len(word) > of_vowels + 1:
        # German: Wohnungen, Initiativen; what is left of the ending is a vowel.
        word = word[:-1]
    if word.endswith("hauser"):
        # Houses, which has lost its own s above.
        word = word[:-3]
    # Italian writes the sound of a hard c: biblioteca, biblioteche.
    word = ITALIAN.sub(r"\1", word)
    while len(word) > of_vowels and word[-1] in "aeioy":
        word = word[:-1]
    # Spanish: luz, luces.
    return f"{word[:-1]}c" if len(word) > of_vowels and word[-1] == "z" else word


@lru_cache(maxsize=50_000)
def singular(word: str) -> str:
    """A folded word of a phrase without the s or x of its plural: what is looked for inside longer texts."""
    return one_of_many(word, SHORTEST_IN_PHRASE, NEVER)


def keys(words: Sequence[str]) -> tuple[str, ...]:
    """By which folded words are compared: each or only the last in the plural, written in one or in several."""
    words = [word for word in words if word not in AND] or words
    joined = one_of_many("".join(words))
    if len(words) < 2:
        return (joined,)
    each = "".join(one_of_many(word, SHORTEST_IN_PHRASE, SHORTEST_IN_PHRASE) for word in words)
    return tuple(dict.fromkeys((one_of_many(each), joined)))
