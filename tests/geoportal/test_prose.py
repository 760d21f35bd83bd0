"""Markdown that people write: shown as they meant it, and never able to do harm."""

import re
from html.parser import HTMLParser

import pytest
from django.template import Context, Template
from hypothesis import given, settings
from hypothesis import strategies as st

from geoportal.prose import TAGS, to_html

HARMFUL = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "![a picture](https://elsewhere.example/spy.png)",
    '<a href="https://a.example" onclick="alert(1)">go</a>',
    "[go](javascript:alert(1))",
    "[go](JaVaScRiPt:alert(1))",
    "[go](java&#10;script:alert(1))",
    "[go](&#106;avascript:alert(1))",
    "[go](data:text/html,<script>alert(1)</script>)",
    "[go](vbscript:msgbox)",
    "[go](file:///etc/passwd)",
    "<javascript:alert(1)>",
    "[go]: javascript:alert(1)\n\n[go]",
    "<iframe src='https://elsewhere.example'></iframe>",
    "<style>body{display:none}</style>",
    "<form action='https://elsewhere.example'><input name='password'></form>",
    "<svg onload=alert(1)>",
    "<!-- <script> -->",
    '[go](https://a.example "x\\" onmouseover=\\"alert(1)")',
    "`</code><script>alert(1)</script>`",
    "```html\n<script>alert(1)</script>\n```",
    "    <script>alert(1)</script>",
    "# <script>alert(1)</script>",
    "<h1>shout</h1>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
]


class Seen(HTMLParser):
    """Every tag with its attributes, as a browser would read them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))


def scheme_of(address: str) -> str:
    """The scheme as a browser reads it: it drops line ends and tabs, and signs before the first letter."""
    seen = re.sub(r"[\t\r\n]", "", address.lstrip("".join(map(chr, range(33)))))
    found = re.match(r"([a-z][a-z0-9+.-]*):", seen, re.I)
    return found[1].lower() if found else ""


def assert_harmless(html: str) -> None:
    """Only tags of the list, only links, only to addresses of people."""
    for tag, attributes in Seen(html).tags:
        assert tag in TAGS, html
        assert set(attributes) <= ({"href", "rel", "title"} if tag == "a" else set()), html
        assert scheme_of(attributes.get("href", "")) in {"", "http", "https", "mailto", "tel"}, html


@pytest.mark.parametrize(
    "html",
    [
        "<script>",
        "<p onclick=x>",
        "<a href='javascript:x'>",
        "<a href=' java\nscript:x'>",
        "<a href='data:x' title=''>",
        "<img>",
        "<h1>",
    ],
)
def test_these_tests_know_what_is_harmful(html):
    with pytest.raises(AssertionError):
        assert_harmless(html)


@pytest.mark.parametrize("text", HARMFUL)
def test_nothing_harmful_comes_through(text):
    assert_harmless(to_html(text))


@settings(deadline=None, database=None, max_examples=150)
@given(
    st.lists(
        st.sampled_from(
            [*HARMFUL, "<", ">", '"', "'", "[", "](", ")", "`", "*", "#", "\n", "\n\n", "&#x", ";", "a"]
        ),
        max_size=12,
    ).map("".join)
)
def test_nothing_harmful_comes_through_in_any_mixture(text):
    assert_harmless(to_html(text))


def test_raw_html_is_shown_as_it_was_typed():
    assert to_html("Bring <b>bread</b> & salt") == "<p>Bring &lt;b&gt;bread&lt;/b&gt; &amp; salt</p>\n"
    assert "&lt;script&gt;" in to_html("<script>alert(1)</script>")


def test_pictures_of_elsewhere_leave_no_trace():
    shown = to_html("before ![spy](https://elsewhere.example/spy.png) after")
    assert "elsewhere.example" not in shown
    assert "before" in shown
    assert "after" in shown


@pytest.mark.parametrize(
    ("text", "tag"),
    [("# A", "h3"), ("## A", "h3"), ("### A", "h3"), ("#### A", "h4"), ("##### A", "h4"), ("###### A", "h4")],
)
def test_headings_begin_at_the_third_level(text, tag):
    assert to_html(text) == f"<{tag}>A</{tag}>\n"


@pytest.mark.parametrize("line", ["===", "---"])
def test_underlined_headings_begin_at_the_third_level_too(line):
    assert to_html(f"A\n{line}") == "<h3>A</h3>\n"


def test_a_tag_of_a_heading_in_code_stays_what_was_typed():
    assert to_html("`<h1>`") == "<p><code>&lt;h1&gt;</code></p>\n"


@pytest.mark.parametrize(
    "address",
    ["https://a.example/?x=1", "http://a.example", "mailto:we@demo.example", "tel:+33400000000", "/fr/"],
)
def test_links_are_kept_and_not_vouched_for(address):
    [(_p, _none), (tag, attributes)] = Seen(to_html(f"[go]({address})")).tags
    assert tag == "a"
    assert attributes == {"href": address, "rel": "noopener nofollow ugc"}


def test_the_usual_marks_are_kept():
    text = "**B** *i*\nnext\n\n- one\n- two\n\n1. first\n\n> said\n\n---\n\n`code`"
    tags = {tag for tag, _attributes in Seen(to_html(text)).tags}
    assert tags == {"p", "strong", "em", "br", "ul", "ol", "li", "blockquote", "hr", "code"}


@pytest.mark.parametrize("text", ["", " \n ", "\x00", "\ufeff", "[](", "*" * 500, "[" * 500, "> " * 200])
def test_odd_text_is_no_error(text):
    assert_harmless(to_html(text))


def test_templates_do_not_escape_it_twice():
    assert (
        Template("{{ text|markdown }}").render(Context({"text": "*a* <b>"}))
        == "<p><em>a</em> &lt;b&gt;</p>\n"
    )
