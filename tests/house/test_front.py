"""Templates and static files: all in use, no colour of their own, nobody else's server."""

import posixpath
import re

from .files import none, ours, paths, text

# Found by the name that Django or allauth ask for.
BY_CONVENTION = re.compile(
    r"^templates/(account|allauth|admin|leaflet|registration|mfa|usersessions)/|^templates/(403|403_csrf|404|500)\.html$"
)
IMPORT = re.compile(
    r"""^\s*(?:import|export)\b[^'";]*?['"](\.[^'"]+)['"](;?)|\bimport\(\s*['"](\.[^'"]+)['"]""", re.M
)
COLOUR = re.compile(r"#[0-9a-f]{3,8}\b|\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|color)\(", re.I)
ORIGIN = re.compile(r"""(?:https?:|["'(=\s])//([\w-]+(?:\.[\w-]+)*\.[a-z]{2,})\b""", re.I)
# Names of vocabularies, and places that a visitor goes to by choice.
ALLOWED = re.compile(r"(^|\.)(w3\.org|schema\.org|openstreetmap\.org|creativecommons\.org)$")
# Licences and sources, named in a link; nothing is loaded from them.
LINKED = re.compile(
    r'<a [^>]*href="https://(?:opendatacommons\.org|www\.gnu\.org|www\.naturalearthdata\.com|www\.geonames\.org)/[^"]*"'
)


def test_every_template_is_used():
    readers = ours(".py") + ours(".html", ".txt")
    templates = [path for path in ours(".html", ".txt") if path.startswith("templates/")]
    assert len(templates) > 40
    none(
        [
            path
            for path in templates
            if not BY_CONVENTION.search(path)
            and not any(path.removeprefix("templates/") in text(other) for other in readers if other != path)
        ]
    )


def imports(path: str) -> list[tuple[str, bool]]:
    """Modules that a script imports by a relative path, and whether the line ends in a semicolon."""
    here = posixpath.dirname(path)
    return [
        (posixpath.normpath(posixpath.join(here, found[1] or found[3])), bool(found[2] or found[3]))
        for found in IMPORT.finditer(text(path))
    ]


def linked() -> str:
    """All that may link a script or a style sheet."""
    return "".join(text(path) for path in ours(".html", ".py"))


def test_every_script_is_imported_or_linked():
    scripts = [path for path in ours(".js") if path.startswith("static/")]
    assert len(scripts) > 15
    used = {target for path in scripts for target, _ in imports(path)}
    pages = linked()
    none([path for path in scripts if path not in used and path.removeprefix("static/") not in pages])
    none(sorted(used - set(scripts)))


def test_every_import_ends_in_a_semicolon():
    # Django hashes the names in imports, and silently leaves those without one as they are.
    scripts = [path for path in ours(".js") if path.startswith("static/")]
    none([f"{path}: {target}" for path in scripts for target, ends in imports(path) if not ends])


def test_every_style_sheet_is_linked():
    pages = linked()
    sheets = [path for path in ours(".css") if path.startswith("static/")]
    assert sheets
    none([path for path in sheets if path.removeprefix("static/") not in pages])


def test_colours_are_tokens():
    found = []
    for path in ours(".css"):
        if path == "static/css/tokens.css":
            continue
        bare = re.sub(r"/\*.*?\*/", "", text(path), flags=re.S)
        # Between braces only: `#map` before them is no colour.
        for block in re.findall(r"\{([^{}]*)\}", bare):
            found += [f"{path}: {colour}" for colour in COLOUR.findall(block)]
    none(found)


def test_pages_name_no_third_party():
    shown = [
        path for path in paths() if re.search(r"^(templates|static)/.*\.(html|txt|js|css|svg|json)$", path)
    ]
    assert shown
    none(
        [
            f"{path}: {host}"
            for path in shown
            for host in ORIGIN.findall(LINKED.sub("", text(path)))
            if not ALLOWED.search(host)
        ]
    )
