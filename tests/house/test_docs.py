"""What the documents name is there: paths, commands, links."""

import re
from pathlib import PurePosixPath

import pytest
from django.core.management import get_commands

from .files import ROOT, none, paths, text

DOCS = [
    path
    for path in paths()
    if re.search(
        r"^docs/.*\.md$|^(README|CONTRIBUTING|CHANGELOG)\.md$|^(fixtures|importers)/.*README\.md$", path
    )
]
FENCE = re.compile(r"^```.*?^```", re.S | re.M)
TICKED = re.compile(r"`([^`\n]+)`")
ENDINGS = {
    ".py",
    ".js",
    ".css",
    ".html",
    ".md",
    ".toml",
    ".json",
    ".txt",
    ".csv",
    ".gz",
    ".geojson",
    ".svg",
    ".webp",
}
TOP = {path.split("/")[0] for path in paths()}
NAMES = {PurePosixPath(path).name for path in paths()}
# Made by running, not committed.
MADE = ("var/", ".venv/")


def is_path(words: str) -> bool:
    """Whether back-ticked words look like a path of the repository."""
    if not re.fullmatch(r"[\w.*/-]+", words) or words.startswith("/"):
        return False
    first = words.split("/")[0]
    return PurePosixPath(words).suffix in ENDINGS or ("/" in words and first in TOP)


def exists(doc: str, words: str) -> bool:
    """Whether a path is there: from the root, from the folder of the document, or by its bare name."""
    if words.startswith(MADE) or ("/" not in words and words in NAMES):
        return True
    here = (ROOT / doc).parent
    if "*" in words:
        return any(True for place in (ROOT, here) for _ in (place / words).parent.glob((place / words).name))
    return any((place / words).exists() for place in (ROOT, here))


@pytest.mark.parametrize("doc", DOCS)
def test_documents_name_real_paths(doc):
    named = TICKED.findall(FENCE.sub("", text(doc)))
    none([f"{doc}: {words}" for words in named if is_path(words) and not exists(doc, words)])


@pytest.mark.parametrize("doc", DOCS)
def test_documents_name_real_commands(doc):
    code = "\n".join([*FENCE.findall(text(doc)), *TICKED.findall(FENCE.sub("", text(doc)))])
    verbs = set(re.findall(r"^(\w+):", text("Makefile"), re.M))
    wrong = [
        f"{doc}: make {verb}" for verb in re.findall(r"(?:^|\s)make ([a-z]+)", code) if verb not in verbs
    ]
    commands = get_commands()
    wrong += [f"{doc}: {name}" for name in re.findall(r"manage\.py (\w+)", code) if name not in commands]
    none(wrong)


@pytest.mark.parametrize("doc", DOCS)
def test_links_between_documents_resolve(doc):
    targets = re.findall(r"\]\(([^)\s]+)\)", FENCE.sub("", text(doc)))
    inside = [target.split("#")[0] for target in targets if not re.match(r"[a-z]+:|#", target)]
    none([f"{doc}: {target}" for target in inside if not ((ROOT / doc).parent / target).exists()])
