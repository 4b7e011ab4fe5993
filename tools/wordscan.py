"""Find the words that a person reads, in the syntax trees of the program's modules."""

import ast
import re
from collections.abc import Iterable
from pathlib import Path

# What takes a msgid as its first argument, besides the errors that derive from ThukyError.
MARKS = frozenset({"_", "N_"})
ERROR = "ThukyError"

# A letter that Vietnamese has and English lacks, beside another letter: a word, not a key.
LETTERS = "[àáâãèéêìíòóôõùúýăđĩũơưạ-ỹ]"
VIETNAMESE = re.compile(rf"[^\W\d_]{LETTERS}|{LETTERS}[^\W\d_]", re.IGNORECASE)


def scan(paths: Iterable[Path], shown: Path) -> tuple[set[str], list[str]]:
    """The msgids of the modules at `paths`, and what escapes the catalog.

    The second part lists, as `path:line: text`, Vietnamese words in modules below `shown` that
    stand in no mark; docstrings and comments are not for a person at the screen.
    """
    trees = {path: ast.parse(path.read_bytes(), path) for path in paths}
    takers = MARKS | error_names(trees.values())
    msgids: set[str] = set()
    unmarked: list[str] = []
    for path, tree in trees.items():
        reader = Reader(takers)
        reader.visit(tree)
        msgids |= reader.msgids
        if path.is_relative_to(shown):
            unmarked += [
                f"{path}:{line}: {text!r}" for line, text in reader.loose if VIETNAMESE.search(text)
            ]
    return msgids, unmarked


class Reader(ast.NodeVisitor):
    """Sorts the strings of one module: `msgids` in a mark, `loose` (line, text) in none."""

    def __init__(self, takers: frozenset[str]) -> None:
        self.takers = takers
        self.msgids: set[str] = set()
        self.loose: list[tuple[int, str]] = []

    def visit_Call(self, node: ast.Call) -> None:
        match node.args:
            case [ast.Constant(value=str(msgid)), *rest] if name_of(node.func) in self.takers:
                self.msgids.add(msgid)
                for other in (*rest, *node.keywords):
                    self.visit(other)
            case _:
                self.generic_visit(node)

    def visit_Expr(self, node: ast.Expr) -> None:
        if not isinstance(node.value, ast.Constant):
            self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, str):
            self.loose.append((node.lineno, node.value))


def error_names(trees: Iterable[ast.AST]) -> frozenset[str]:
    """ThukyError and every class that derives from it, however far."""
    bases = {
        node.name: {name_of(base) for base in node.bases}
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
    }
    names = {ERROR}
    while more := {name for name, above in bases.items() if above & names} - names:
        names |= more
    return frozenset(names)


def name_of(node: ast.expr) -> str | None:
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case _:
            return None
