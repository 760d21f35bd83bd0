"""Words for yes and no, as people fill in the columns of a table."""

from .text import fold

YES = {
    *(
        "x",
        "xx",
        "1",
        "oui",
        "o",
        "vrai",
        "yes",
        "y",
        "true",
        "t",
        "si",
        "s",
        "verdadero",
        "ja",
        "j",
        "wahr",
        "vero",
        "v",
    ),
    *("✓", "✔", "✅", "☑", "•", "●", "■"),
}
NO = {"0", "non", "n", "faux", "no", "false", "f", "nein", "falsch", "falso", "✗", "✘", "❌", "☐", "○", "□"}


def says(text: str) -> bool | None:
    """Whether a text says yes or no; None where it says neither."""
    # Folding leaves nothing of a sign.
    word = fold(text) or text.strip()
    return True if word in YES else False if word in NO else None
