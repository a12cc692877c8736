"""The house rules of the code: imports point one way, and what only one layer may do is done nowhere else."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from running import CHECKOUT

from husrum_cli.commands.nouns import NOUNS

PACKAGE = CHECKOUT / "husrum_cli"
BOTTOM = {"errors", "i18n", "atomic_files", "leftovers", "regular_files", "platforms", "extras"}
BELOW_DOMAIN = {"store", "input", "vocabulary", "records"} | BOTTOM
BELOW_COMMANDS = {"importing", "exporting", "rowtypes", "domain", "config", "render"} | BELOW_DOMAIN
# What each part may import: always something further down. `render` knows neither the file nor the domain, only the words and the records it is handed.
MAY_IMPORT = {
    "__main__": {"cli", "errors", "platforms"},
    "cli": {"commands", "config", "input", "render", "", *BOTTOM},
    "commands": BELOW_COMMANDS,
    "importing": {"rowtypes", "domain", *BELOW_DOMAIN},
    # An export writes what the import reads, and writes it whole or not at all.
    "exporting": {"importing", "render", "rowtypes", "domain", *BELOW_DOMAIN},
    "rowtypes": {"domain", *BELOW_DOMAIN},
    "domain": BELOW_DOMAIN,
    "store": {"vocabulary", "input", "", *BOTTOM},  # the codes that a file may hold, and how names are compared
    "render": {"records", "vocabulary", *BOTTOM},
    "input": {"vocabulary", "records", *BOTTOM},
    "config": BOTTOM,
    "vocabulary": {"i18n"},
    "records": set[str](),
    "errors": set[str](),
    "atomic_files": {"errors", "i18n", "leftovers", "platforms"},
    "leftovers": {"platforms"},
    "regular_files": {"errors", "i18n"},
    "platforms": set[str](),
    "extras": {"errors", "i18n", "platforms"},
    "i18n": set[str](),
    "": set[str](),  # husrum_cli/__init__.py: the version
}
# The packages of the domain, lowest first: each may import those before it.
DOMAIN = (
    "rules", "corrections", "row_numbers", "settings", "branches", "table_words", "log", "file_location", "figures", "people", "activities", "volunteers", "befriending", "outcomes",
    "money", "problems", "duty_of_care",
    "checks", "views", "privacy", "national",
)  # fmt: skip
# Libraries that only these parts know.
ONLY_IN = {
    "rich": {"render"},
    "prompt_toolkit": {"commands"},
    "typer": {"commands"},
    "sqlite3": {"store"},
    "docx": {"render"},
    "jinja2": {"render"},
    "resvg_py": {"render"},
    "markdown_it": {"exporting"},
}
# Temporary tables are not of the file.
WRITES = re.compile(r"\s*(WITH\s.*)?(INSERT (OR \w+ )?INTO|UPDATE|DELETE FROM|REPLACE INTO)\s(?!temp\.)", re.DOTALL)


READS = re.compile(r"\bSELECT\b.*\bFROM\b|\bPRAGMA\b", re.DOTALL)


@cache
def nodes() -> dict[str, list[ast.AST]]:
    """The syntax of every module of the package by its dotted name without the package's own: `domain.people`, `store`, ``."""
    return {name_of(path): [*ast.walk(ast.parse(path.read_text(encoding="utf-8")))] for path in sorted(PACKAGE.rglob("*.py"))}


def name_of(path: Path) -> str:
    """The dotted name of a module's file."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def part(module: str) -> str:
    """The layer a module belongs to."""
    return module.partition(".")[0]


@cache
def imports(module: str) -> list[tuple[int, str]]:
    """Return (line, module) of everything a module imports, also inside functions, for type checking only, or by name when it runs.

    Modules of the package are given as `.domain.people`, others as they are.
    """
    return sorted(set(_imports(module)))


def _imports(module: str) -> Iterator[tuple[int, str]]:
    package = module.split(".") if (PACKAGE / module.replace(".", "/") / "__init__.py").is_file() else module.split(".")[:-1]
    for node in nodes()[module]:
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, absolute(alias.name)
        elif isinstance(node, ast.ImportFrom):
            source = node.module or ""
            if node.level:
                inside = [step for step in package if step]
                source = "." + ".".join([*inside[: len(inside) - node.level + 1], *filter(None, [source])])
            else:
                source = absolute(source)
            for alias in node.names:
                inner = f"{source}.{alias.name}".replace("..", ".")
                yield node.lineno, inner if inner[1:] in nodes() else source
        elif isinstance(node, ast.Call) and isinstance(node.func, (ast.Name, ast.Attribute)):
            called = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
            if called in ("import_module", "__import__"):
                yield node.lineno, absolute(beginning(node.args[0]).rstrip("."))


def absolute(name: str) -> str:
    """A module of the package as `.domain`, another one unchanged."""
    return re.sub(r"^husrum_cli\b\.?", ".", name)


def beginning(text: ast.expr) -> str:
    """The constant text that an expression begins with."""
    if isinstance(text, ast.JoinedStr):
        text = text.values[0]
    return str(text.value) if isinstance(text, ast.Constant) else ""


def test_imports_point_one_way() -> None:
    wrong = []
    for module in nodes():
        for line, imported in imports(module):
            its_part = part(imported[1:])
            if imported.startswith(".") and its_part != part(module) and its_part not in MAY_IMPORT[part(module)]:
                wrong.append(f"{module}:{line} imports {imported}")
    assert not wrong, "\n".join(wrong)


def test_imports_between_the_packages_of_the_domain_point_one_way() -> None:
    def package(module: str) -> str:
        return module.split(".")[1]

    wrong = [
        f"{module}:{line} imports {imported}"
        for module in nodes()
        if module.startswith("domain.")
        for line, imported in imports(module)
        if imported.startswith(".domain.") and DOMAIN.index(package(imported[1:])) > DOMAIN.index(package(module))
    ]
    assert not wrong, "\n".join(wrong)


def test_every_part_has_its_place() -> None:
    assert {part(module) for module in nodes()} <= set(MAY_IMPORT)
    assert set(DOMAIN) == {module.split(".")[1] for module in nodes() if module.startswith("domain.")}
    assert {module for module, _help in NOUNS.values()} <= {module.removeprefix("commands.") for module in nodes()}


def test_no_part_is_above_itself() -> None:
    def above(start: str) -> set[str]:
        found: set[str] = set()
        todo = [start]
        while todo:
            for lower in MAY_IMPORT[todo.pop()] - found:
                found.add(lower)
                todo.append(lower)
        return found

    assert not [name for name in MAY_IMPORT if name in above(name)]


def test_modules_import_each_other_in_no_circle() -> None:
    below = {module: {imported[1:] for _line, imported in imports(module) if imported[1:] in nodes()} for module in nodes()}
    # A package that needs none of the rest, or is needed by none of the rest, is in no cycle.
    left = set(below)
    while free := {module for module in left if not below[module] & left or not any(module in below[other] for other in left)}:
        left -= free
    assert not left, "\n".join(f"{module} -> {', '.join(sorted(below[module] & left))}" for module in sorted(left))


def test_libraries_are_known_where_they_belong() -> None:
    wrong = [
        f"{module}:{line} imports {imported}"
        for module in nodes()
        for line, imported in imports(module)
        if part(module) not in ONLY_IN.get(part(imported), {part(module)})
    ]
    assert not wrong, "\n".join(wrong)


def test_only_the_store_opens_files_and_writes_rows() -> None:
    wrong = []
    for module, tree in nodes().items():
        if part(module) == "store":
            continue
        for node in tree:
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "connect":
                wrong.append(f"{module}:{node.lineno} connects")
            elif isinstance(node, ast.Constant) and isinstance(node.value, str) and WRITES.match(node.value):
                wrong.append(f"{module}:{node.lineno} writes: {node.value.strip()[:60]}")
    assert not wrong, "\n".join(wrong)


def test_commands_hold_no_sql() -> None:
    wrong = [
        f"{module}:{node.lineno} has SQL: {node.value.strip()[:60]}"
        for module, tree in nodes().items()
        if part(module) == "commands"
        for node in tree
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and (READS.search(node.value) or WRITES.match(node.value))
    ]
    assert not wrong, "\n".join(wrong)


def test_only_the_boundary_swallows_everything() -> None:
    wrong = [
        f"{module}:{node.lineno}"
        for module, tree in nodes().items()
        if module != "cli"
        for node in tree
        if isinstance(node, ast.ExceptHandler) and swallows_everything(node)
    ]
    assert not wrong, "\n".join(wrong)


def swallows_everything(handler: ast.ExceptHandler) -> bool:
    """Whether it catches whatever comes and raises nothing in its place."""
    broad = handler.type is None or (isinstance(handler.type, ast.Name) and handler.type.id in ("Exception", "BaseException"))
    return broad and not any(isinstance(node, ast.Raise) for node in ast.walk(handler))


def test_no_module_is_too_long_or_a_heap_of_leftovers() -> None:
    files = [path for top in ("husrum_cli", "tests", "tools", "examples") for path in (CHECKOUT / top).rglob("*.py")]
    long = [f"{path.relative_to(CHECKOUT)}: {lines} lines" for path in files if (lines := len(path.read_text().splitlines())) > 400]
    assert not long, "\n".join(long)
    assert not [path for path in files if path.stem in ("utils", "util", "helpers", "common", "misc")]


def test_a_class_or_constant_has_a_name_of_its_own() -> None:
    """One name means one thing in the whole tree. What begins with an underscore is known in its module only."""
    places: dict[str, list[str]] = {}
    for module, (top, *_inner) in nodes().items():
        assert isinstance(top, ast.Module)
        for node in top.body:
            assigned = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
            names = [target.id for target in assigned if isinstance(target, ast.Name) and target.id.isupper()]
            for name in [node.name] if isinstance(node, ast.ClassDef) else names:
                if not name.startswith("_"):
                    places.setdefault(name, []).append(module)
    assert {name: found for name, found in places.items() if len(found) > 1} == {}
