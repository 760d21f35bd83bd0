"""Small rooms that say what they are for."""

import ast
import re

from .files import functions, none, ours, paths, text, tree

LONGEST_FILE = 300
LONGEST_FUNCTION = 60
# Seams: others build on them, so each public name says what it does.
SEAMS = re.compile(r"^(geo|importers)/|/actions(/\w+)?\.py$|^initiatives/bulk\w*\.py$")
PRINTING = re.compile(r"/management/commands/|^launcher/|^fixtures/build/")


def test_files_stay_below_three_hundred_lines():
    sizes = {path: text(path).count("\n") for path in ours(".py", ".js", ".css", ".html")}
    none([f"{path}: {size} lines" for path, size in sizes.items() if size > LONGEST_FILE])


def test_functions_stay_below_sixty_lines():
    none(
        [
            f"{path}:{node.lineno} {node.name}: {node.end_lineno - node.lineno + 1} lines"
            for path in ours(".py")
            for node in functions(path)
            if node.end_lineno - node.lineno >= LONGEST_FUNCTION
        ]
    )


def test_every_module_says_what_it_is_for():
    none([path for path in ours(".py") if text(path).strip() and not ast.get_docstring(tree(path))])


def public(body: list[ast.stmt], prefix: str = "") -> list[tuple[str, ast.AST]]:
    """Public functions and classes of a body, and the public methods of those classes."""
    found = []
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            found.append((prefix + node.name, node))
            if isinstance(node, ast.ClassDef):
                found += public(node.body, f"{node.name}.")
    return found


def test_public_names_of_the_seams_have_a_docstring():
    seams = [path for path in ours(".py") if SEAMS.search(path)]
    assert len(seams) > 20
    none(
        [
            f"{path}:{node.lineno} {name}"
            for path in seams
            for name, node in public(tree(path).body)
            if not ast.get_docstring(node)
            and not name.endswith((".Meta", ".Command", ".handle", ".add_arguments"))
        ]
    )


def test_nothing_prints_but_commands():
    none(
        [
            f"{path}:{node.lineno}"
            for path in ours(".py")
            if not PRINTING.search(path)
            for node in ast.walk(tree(path))
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
        ]
    )


def test_names_of_tests_are_sentences():
    tests = [path for path in paths() if re.search(r"^tests/.*test_\w+\.py$", path)]
    assert tests
    none(
        [
            f"{path}:{node.lineno} {node.name}"
            for path in tests
            for node in functions(path)
            if node.name.startswith("test_") and len(node.name.removeprefix("test_").split("_")) < 3
        ]
    )
