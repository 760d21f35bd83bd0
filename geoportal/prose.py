"""Markdown that people write, as HTML that cannot do harm."""

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

TAGS = {"p", "br", "em", "strong", "ul", "ol", "li", "a", "blockquote", "code", "h3", "h4", "hr"}
_parser = MarkdownIt("commonmark", {"html": False, "breaks": True})


def to_html(text: str) -> SafeString:
    """Markdown (CommonMark, no raw HTML) as HTML of a few harmless tags; headings begin at h3."""
    rendered = _parser.render(text)
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
