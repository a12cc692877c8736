"""Change the program in one place at a time, and see whether its tests notice: `python tests/mutation/mutate.py figures rowtypes --count 30 --seed 1`.

A change is made in a copy of the checkout, which is tested with the files of tests below. What survives is either no change of what the program does, and is
listed with its reason in survivors.md, or lacks a test.
"""

from __future__ import annotations

import argparse
import ast
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

CHECKOUT = Path(__file__).parents[2]
# Package -> its source, and its tests, as folders and files in them: the quick and telling ones first.
PACKAGES = {
    "figures": (
        "domain/figures",
        "figures: rows_by_hand nation recount_by_hand published came_once trend cost year_end explained_words recount publishing withholding "
        "outcomes: change change_published measures figures: figures_to_file publishing_audit exporting: export_year",
    ),
    "national": (
        "domain/national",
        "national: link linking merge closed_nation bounds key_change made_tags national_commands merge_bad_input",
    ),
    "befriending": (
        "domain/befriending",
        "befriending: proposals border_days remarks match_life pair_meetings assignment proposal_optimum correcting_matches",
    ),
    "privacy": ("domain/privacy", "privacy: retention rights removed withdrawn redaction rights_laws foreign_objects people: still_open"),
    "journal": ("store/journal.py", "store: undo log"),
    "union": (
        "store/union",
        "national: merge closed_nation linking merge_bad_input known_files merge_laws bounds planted_texts store: encryption",
    ),
    "importing": (
        "importing",
        "importing: matching spreadsheets import_dialogue reading spellings messy_workbooks rowtypes: row_kinds_everywhere",
    ),
    "rowtypes": (
        "rowtypes",
        "rowtypes: one_declaration row_kinds_everywhere importing: matching recorded_already filled_in import_dialogue spreadsheets "
        "commands: correcting_entries",
    ),
}
# Tests that take so many times as long as without a change go round in circles.
SLOWER = 10
COMPARED = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
CALCULATED = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.Div: ast.Mult, ast.FloorDiv: ast.Mult, ast.BitOr: ast.BitAnd}
IS_SQL = re.compile(r"\b(SELECT|UPDATE|DELETE FROM|INSERT|WHERE|JOIN|CASE WHEN|coalesce|ifnull)\b")
SQL = (
    (r"<=", "<"), (r">=", ">"), (r"(?<![<>])<(?![=>])", "<="), (r"(?<![<>-])>(?!=)", ">="), (r"(?<=[\w)?] )=(?= )", "<>"), (r"<>", "="),
    (r"\bAND\b", "OR"), (r"\bOR\b", "AND"), (r"\bmin\(", "max("), (r"\bmax\(", "min("), (r"\bLEFT JOIN\b", "JOIN"), (r"(?<!LEFT )(?<!CROSS )\bJOIN\b", "LEFT JOIN"),
    (r" DESC\b", ""), (r"\bNOT (?!NULL)", ""), (r"\bIS NOT NULL\b", "IS NULL"), (r"\bIS NULL\b", "IS NOT NULL"), (r"\bDISTINCT ", ""),
    (r"\bUNION ALL\b", "UNION"), (r"\b(?:coalesce|ifnull)\(", "nullif("), (r"\bsum\(", "count("), (r"(?<=[=<>,] )\d+\b", "7"),
)  # fmt: skip


class Mutant(NamedTuple):
    """One change: these bytes of a file are others."""

    path: Path
    line: int
    start: int
    end: int
    text: str
    was: str

    def __str__(self) -> str:
        was, text = (" ".join(each.split())[:70] for each in (self.was, self.text))
        return f"{self.path}:{self.line}: {was} -> {text or '(nothing)'}"


def mutants(path: Path) -> Iterator[Mutant]:
    """Every change that can be made in a module. Docstrings, annotations and the texts of messages stay."""
    source = (CHECKOUT / path).read_bytes()
    starts = [0]
    for line in source.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))

    def place(node: ast.expr | ast.stmt) -> tuple[int, int]:
        assert node.end_lineno is not None and node.end_col_offset is not None
        return starts[node.lineno - 1] + node.col_offset, starts[node.end_lineno - 1] + node.end_col_offset

    left_alone: set[ast.AST] = set()
    for node in ast.walk(ast.parse(source)):  # parents first
        if node in left_alone:
            left_alone.update(ast.iter_child_nodes(node))
            continue
        left_alone.update(no_behaviour(node))
        for changed, text in changes(node):
            start, end = place(changed)
            yield Mutant(path, changed.lineno, start, end, text, source[start:end].decode())
        if isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str)):
            start, end = place(node)
            yield from sql_mutants(path, node.lineno, start, source[start:end].decode())


def no_behaviour(node: ast.AST) -> Iterator[ast.AST]:
    """The parts of a node that are left alone; those of an f-string are looked at together."""
    if isinstance(node, (ast.FunctionDef, ast.ClassDef, ast.Module)) and ast.get_docstring(node, clean=False) is not None:
        yield node.body[0]
    if isinstance(node, (ast.FunctionDef, ast.AnnAssign, ast.arg)):
        yield from filter(None, [getattr(node, "returns", None), getattr(node, "annotation", None)])
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("_", "many"):
        yield from node.args
    if isinstance(node, ast.JoinedStr):
        yield from node.values


def changes(node: ast.AST) -> Iterator[tuple[ast.expr | ast.stmt, str]]:
    """(what is changed, what it becomes) of each change of a node."""
    if isinstance(node, ast.Compare):
        for number, op in enumerate(node.ops):
            ops = [COMPARED[type(op)]() if each == number else old for each, old in enumerate(node.ops)]
            yield node, f"({ast.unparse(ast.Compare(node.left, ops, node.comparators))})"
    elif isinstance(node, ast.BoolOp):
        yield node, f"({ast.unparse(ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values))})"
    elif isinstance(node, ast.BinOp) and type(node.op) in CALCULATED:
        yield node, f"({ast.unparse(ast.BinOp(node.left, CALCULATED[type(node.op)](), node.right))})"
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield node, f"({ast.unparse(node.operand)})"
    elif isinstance(node, (ast.If, ast.While, ast.IfExp)):
        yield node.test, f"(not ({ast.unparse(node.test)}))"
    elif isinstance(node, ast.comprehension):
        yield from ((test, "True") for test in node.ifs)
    elif isinstance(node, ast.Constant) and type(node.value) is bool:
        yield node, str(not node.value)
    elif isinstance(node, ast.Constant) and type(node.value) is int:
        yield node, str(node.value + 1)
    elif (isinstance(node, ast.Expr) and isinstance(node.value, (ast.Call, ast.YieldFrom))) or isinstance(node, (ast.AugAssign, ast.Raise)):
        yield node, "pass"
    elif isinstance(node, (ast.Continue, ast.Break)):
        yield node, "break" if isinstance(node, ast.Continue) else "continue"


def sql_mutants(path: Path, line: int, start: int, text: str) -> Iterator[Mutant]:
    """Every change of SQL in a literal."""
    for pattern, other in SQL if IS_SQL.search(text) else ():
        for found in re.finditer(pattern, text):
            begin = start + len(text[: found.start()].encode())
            around = text[max(0, found.start() - 25) : found.end() + 25]
            yield Mutant(
                path, line + text[: found.start()].count("\n"), begin, begin + len(found[0].encode()), other, f"{found[0]} in {around}"
            )


def test_files(words: str) -> list[str]:
    """The paths of the tests of a package."""
    paths, folder = [], ""
    for word in words.split():
        if word.endswith(":"):
            folder = word.removesuffix(":")
        else:
            paths.append(f"tests/{folder}/test_{word}.py")
    return paths


def noticed(copy: Path, mutant: Mutant, tests: str, seconds: float | None = None) -> str:
    """Whether the tests fail with a change: `killed`, `survived`, or `too slow` after so many seconds, which is noticed too."""
    place = copy / mutant.path
    source = place.read_bytes()
    place.write_bytes(source[: mutant.start] + mutant.text.encode() + source[mutant.end :])
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-n", "0", "-p", "no:cacheprovider", "--no-header", *test_files(tests)]
    try:
        done = subprocess.run(command, cwd=copy, capture_output=True, timeout=seconds, env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"})
    except subprocess.TimeoutExpired:
        return "too slow"
    finally:
        place.write_bytes(source)
    return "survived" if done.returncode == 0 else "killed"


def main() -> None:
    """Print a line for each change, and how many were noticed of each package."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("packages", nargs="*", default=list(PACKAGES), help=" ".join(PACKAGES))
    asked.add_argument("--count", type=int, default=30, help="how many changes of each")
    asked.add_argument("--seed", type=int, default=1, help="which ones")
    asked.add_argument("--tests", help="instead of the package's own, as in PACKAGES")
    asked.add_argument("--only", default="", help="of the modules whose path has this in it")
    options = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="husrum-mutation-") as folder:
        copy = Path(folder) / "checkout"
        shutil.copytree(CHECKOUT, copy, ignore=shutil.ignore_patterns(".git", ".venv", ".*_cache", ".hypothesis"))
        for package in options.packages:
            source, tests = PACKAGES[package]
            place = CHECKOUT / "husrum_cli" / source
            paths = [path.relative_to(CHECKOUT) for path in ([place] if place.is_file() else sorted(place.rglob("*.py")))]
            every = [mutant for path in paths if options.only in str(path) for mutant in mutants(path)]
            chosen = random.Random(options.seed).sample(every, min(options.count, len(every)))
            outcomes, began = [], time.monotonic()
            if noticed(copy, chosen[0]._replace(start=0, end=0, text=""), options.tests or tests) != "survived":
                sys.exit(f"{package}: its tests fail without a change.")
            seconds = SLOWER * (time.monotonic() - began)
            for mutant in chosen:
                began = time.monotonic()
                outcomes.append(noticed(copy, mutant, options.tests or tests, seconds))
                print(f"{outcomes[-1]:9}{time.monotonic() - began:5.0f} s  {mutant}", flush=True)
            print(
                f"{package}: {len(outcomes) - outcomes.count('survived')} of {len(outcomes)} noticed, of {len(every)} possible", flush=True
            )


if __name__ == "__main__":
    main()
