"""Markdown that people write, as HTML that cannot do harm."""

from collections.abc import Callable, Iterable, Iterator, Sequence

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

TAGS = {"p", "br", "em", "strong", "ul", "ol", "li", "a", "blockquote", "code", "h3", "h4", "hr"}
_parser = MarkdownIt("commonmark", {"html": False, "breaks": True})
# From where to where a text names something, how that is shown, and where it leads.
Linker = Callable[[str], Iterable[tuple[int, int, str, str]]]


def to_html(text: str, links_in: Linker | None = None) -> SafeString:
    """Markdown (CommonMark, no raw HTML) as HTML of a few harmless tags; headings begin at h3.

    `links_in` finds in plain text, outside links and code, what becomes a link.
    """
    tokens = _parser.parse(text)
    if links_in:
        for token in tokens:
            if token.type == "inline":
                token.children = list(_linked(token.children or (), links_in))
    rendered = _parser.renderer.render(tokens, _parser.options, {})
    for level, shown in (("h1", "h3"), ("h2", "h3"), ("h5", "h4"), ("h6", "h4")):
        rendered = rendered.replace(f"<{level}>", f"<{shown}>").replace(f"</{level}>", f"</{shown}>")
    clean = nh3.clean(
        rendered,
        tags=TAGS,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="noopener nofollow ugc",
    )
    return mark_safe(clean)


def _linked(tokens: Sequence[Token], links_in: Linker) -> Iterator[Token]:
    """The same with links in what is no link yet."""
    depth = 0
    for token in tokens:
        depth += token.nesting if token.type in ("link_open", "link_close") else 0
        if token.type != "text" or depth:
            yield token
            continue
        done = 0
        for start, end, shown, address in links_in(token.content):
            # What begins inside the one before was said already.
            if start < done:
                continue
            yield Token("text", "", 0, content=token.content[done:start])
            yield Token("link_open", "a", 1, attrs={"href": address})
            yield Token("text", "", 0, content=shown)
            yield Token("link_close", "a", -1)
            done = end
        yield Token("text", "", 0, content=token.content[done:])
