"""Cells of tables that a spreadsheet opens without harm."""

# A spreadsheet takes a cell that begins so for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
MARK = "'"


def harmless(text: str) -> str:
    """A text that no spreadsheet runs as a formula: one that could be begins with an apostrophe."""
    return f"{MARK}{text}" if text.lstrip().startswith(FORMULA) else text


def as_it_was(text: str) -> str:
    """What harmless() made of a text, undone."""
    return text[1:] if text.startswith(MARK) and text[1:].lstrip().startswith(FORMULA) else text


class Line:
    """A file that gives back each line that is written to it, for tables that are streamed."""

    def write(self, line: str) -> str:
        """The line itself."""
        return line
