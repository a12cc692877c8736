"""Change the program in one place at a time, and see whether its tests notice: `python tests/mutation/mutate.py figures rowtypes --count 30 --seed 1`.

A change is made in a copy of the checkout, and the tests are run that run the changed function. Which do so is noted first, and again when tests are new:
`python tests/mutation/mutate.py --note tests` (as long as they take), or `--note tests/figures` of some. What survives is either no change of what the program does,
and is listed with its reason in survivors.md, or lacks a test.
"""

from __future__ import annotations

import argparse
import ast
import itertools
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

CHECKOUT = Path(__file__).parents[2]
PACKAGES = {
    "figures": "domain/figures",
    "national": "domain/national",
    "befriending": "domain/befriending",
    "privacy": "domain/privacy",
    "journal": "store/journal.py",
    "union": "store/union",
    "importing": "importing",
    "rowtypes": "rowtypes",
}
# Which functions each test runs, by its name: [seconds, functions].
NOTED = CHECKOUT / ".mutation_cache" / "noted.json"
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


class Tests:
    """The tests that could notice a change: those that run its function."""

    def __init__(self, noted: dict[str, tuple[float, list[str]]], longest: float) -> None:
        self.longest = longest
        self.seconds = {test: seconds for test, (seconds, _) in noted.items()}
        self.of_function: dict[str, set[str]] = defaultdict(set)
        self.of_module: dict[str, set[str]] = defaultdict(set)
        for test, (_, functions) in noted.items():
            for function in functions:
                self.of_function[function].add(test)
                self.of_module[function.split(":")[0]].add(test)
        self.sources = {
            path.relative_to(CHECKOUT).as_posix(): path.read_text()
            for path in (CHECKOUT / "husrum_cli").rglob("*.py")
            if "texts_" not in path.name
        }

    def of(self, mutant: Mutant) -> list[str]:
        """The tests of a change, the files that are done soonest first. What stands in no function is tested by all that run a function of its module, or of one that imports it."""
        if function := function_at(mutant):
            found = self.of_function[f"{mutant.path.as_posix()}:{function}"]
        else:
            imported = re.compile(rf"^(from|import) .*\b{mutant.path.stem}\b", re.MULTILINE)
            users = [path for path, source in self.sources.items() if imported.search(source)]
            found = set().union(*(self.of_module[path] for path in (mutant.path.as_posix(), *users)))
        files: dict[str, float] = defaultdict(float)
        for test in found:
            files[test.split("::")[0]] += self.seconds[test]
        ordered = sorted(found, key=lambda test: (files[test.split("::")[0]], test.split("::")[0], self.seconds[test]))
        until = itertools.accumulate(self.seconds[test] for test in ordered)
        return [test for test, seconds in zip(ordered, until, strict=True) if seconds <= self.longest]


def function_at(mutant: Mutant) -> str | None:
    """The function or method that a change is in, the outermost one."""
    tree = ast.parse((CHECKOUT / mutant.path).read_bytes())
    classes = [("", tree), *((f"{node.name}.", node) for node in tree.body if isinstance(node, ast.ClassDef))]
    for prefix, holder in classes:
        for node in holder.body:
            if isinstance(node, ast.FunctionDef) and node.lineno <= mutant.line <= (node.end_lineno or 0):
                return prefix + node.name
    return None


def run_tests(copy: Path, *args: str, seconds: float | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run tests of the copy, which is what they import."""
    command = [sys.executable, "-m", "pytest", "-q", "-n", "0", "-p", "noting", "-p", "no:cacheprovider", "--no-header", "--tb=no", *args]
    paths = os.pathsep.join([str(copy), str(copy / "tests" / "mutation")])
    given = {**os.environ, "PYTHONPATH": paths, "PYTHONDONTWRITEBYTECODE": "1", **environment}
    return subprocess.run(command, cwd=copy, stdout=subprocess.PIPE, encoding="utf-8", timeout=seconds, env=given)


def note(copy: Path, paths: list[str]) -> None:
    """Run tests, and note what each runs; what was noted of other files is kept."""
    place = copy / "noted.json"
    print(run_tests(copy, *paths, MUTATION_NOTED=str(place)).stdout[-2000:])
    known = json.loads(NOTED.read_text()) if NOTED.exists() else {}
    kept = {test: noted for test, noted in known.items() if not any(test.startswith(path) for path in paths)}
    NOTED.parent.mkdir(exist_ok=True)
    NOTED.write_text(json.dumps(kept | json.loads(place.read_text())))


def noticed(copy: Path, mutant: Mutant, tests: list[str], seconds: float | None) -> tuple[str, str]:
    """Whether the tests fail with a change, and which does: `killed`, `survived`, or `too slow` after so many seconds, which is noticed too."""
    if not tests:
        return "survived", "no test runs it"
    chosen = copy / "chosen.json"
    chosen.write_text(json.dumps(tests))
    place = copy / mutant.path
    source = place.read_bytes()
    place.write_bytes(source[: mutant.start] + mutant.text.encode() + source[mutant.end :])
    files = dict.fromkeys(test.split("::")[0] for test in tests)
    try:
        done = run_tests(copy, "-x", *files, seconds=seconds, MUTATION_CHOSEN=str(chosen))
    except subprocess.TimeoutExpired:
        return "too slow", ""
    finally:
        place.write_bytes(source)
    failed = re.search(r"^(?:FAILED|ERROR) (\S+)", done.stdout, re.MULTILINE)
    return ("survived", f"{len(tests)} tests") if done.returncode == 0 else ("killed", failed[1] if failed else done.stdout[-200:])


def main() -> None:
    """Print a line for each change, and how many were noticed of each package."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("packages", nargs="*", default=list(PACKAGES), help=" ".join(PACKAGES))
    asked.add_argument("--note", nargs="+", metavar="PATH", help="note what the tests of these paths run")
    asked.add_argument("--count", type=int, default=30, help="how many changes of each")
    asked.add_argument("--seed", type=int, default=1, help="which ones")
    asked.add_argument("--longest", type=float, default=300, help="how many seconds of tests for a change at most, as they were noted")
    asked.add_argument("--only", default="", help="of the places that have this in them, as path:line:")
    options = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="husrum-mutation-") as folder:
        copy = Path(folder) / "checkout"
        shutil.copytree(CHECKOUT, copy, ignore=shutil.ignore_patterns(".git", ".venv", ".*_cache", ".hypothesis"))
        if options.note:
            return note(copy, options.note)
        if not NOTED.exists():
            sys.exit("Nothing is noted yet. Run: python tests/mutation/mutate.py --note tests")
        tests = Tests(json.loads(NOTED.read_text()), options.longest)
        for package in options.packages:
            place = CHECKOUT / "husrum_cli" / PACKAGES[package]
            paths = [path.relative_to(CHECKOUT) for path in ([place] if place.is_file() else sorted(place.rglob("*.py")))]
            every = [mutant for path in paths for mutant in mutants(path) if options.only in str(mutant)]
            chosen = random.Random(options.seed).sample(every, min(options.count, len(every)))
            outcomes: list[str] = []
            if (control := noticed(copy, chosen[0]._replace(start=0, end=0, text=""), tests.of(chosen[0]), None))[0] != "survived":
                sys.exit(f"{package}: its tests fail without a change: {control[1]}")
            for mutant in chosen:
                began, those = time.monotonic(), tests.of(mutant)
                outcome, why = noticed(copy, mutant, those, 60 + SLOWER * sum(tests.seconds[test] for test in those))
                outcomes.append(outcome)
                print(f"{outcome:9}{time.monotonic() - began:5.0f} s  {mutant}  ({why})", flush=True)
            print(
                f"{package}: {len(outcomes) - outcomes.count('survived')} of {len(outcomes)} noticed, of {len(every)} possible", flush=True
            )


if __name__ == "__main__":
    main()
