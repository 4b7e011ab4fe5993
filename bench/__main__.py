"""python -m bench [WHAT|all] [--json FILE] [--quick], where WHAT is one of `_BENCHES`."""

import argparse
from collections.abc import Callable
from itertools import groupby
from pathlib import Path

from bench import (
    beside,
    figure,
    importing,
    keystrokes,
    memory,
    opening,
    reading,
    reports,
    search,
    startup,
    sync,
    urging,
    views,
)
from bench import table as table_bench
from bench.report import Record, Target, table, verdicts, write_json


def _typing(quick: bool) -> tuple[list[Record], list[Target]]:
    found = keystrokes.measure(quick=quick)
    return [*found], keystrokes.targets(found)


def _beside(quick: bool) -> tuple[list[Record], list[Target]]:
    found = beside.measure(quick=quick)
    return [*found], beside.targets(found)


def _startup(quick: bool) -> tuple[list[Record], list[Target]]:
    found = startup.measure(quick=quick)
    return [*found], startup.targets(found)


def _open(quick: bool) -> tuple[list[Record], list[Target]]:
    return [*opening.measure(quick=quick)], []


def _memory(quick: bool) -> tuple[list[Record], list[Target]]:
    found = memory.measure(quick=quick)
    return [*found], memory.targets(found)


def _sync(quick: bool) -> tuple[list[Record], list[Target]]:
    found = sync.measure(quick=quick)
    return [*found, *sync.peers(found)], sync.targets(found)


def _reading(quick: bool) -> tuple[list[Record], list[Target]]:
    found = reading.measure(quick=quick)
    return [*found], reading.targets(found)


def _search(quick: bool) -> tuple[list[Record], list[Target]]:
    index, found = search.measure(quick=quick)
    return [index, *found], search.targets(index, found)


def _table(quick: bool) -> tuple[list[Record], list[Target]]:
    found = table_bench.measure(quick=quick)
    return found, table_bench.targets(found)


def _importing(quick: bool) -> tuple[list[Record], list[Target]]:
    return [*importing.measure(quick=quick)], []


def _views(quick: bool) -> tuple[list[Record], list[Target]]:
    found = views.measure(quick=quick)
    return found, views.targets(found)


def _reports(quick: bool) -> tuple[list[Record], list[Target]]:
    found = reports.measure(quick=quick)
    return [*found], figure.targets(found)


def _urging(quick: bool) -> tuple[list[Record], list[Target]]:
    found = urging.measure(quick=quick)
    return [*found], figure.targets(found)


_BENCHES: dict[str, Callable[[bool], tuple[list[Record], list[Target]]]] = {
    "typing": _typing,
    "beside": _beside,
    "startup": _startup,
    "open": _open,
    "memory": _memory,
    "sync": _sync,
    "reading": _reading,
    "search": _search,
    "table": _table,
    "views": _views,
    "import": _importing,
    "urging": _urging,
    "reports": _reports,
}


def main() -> None:
    """Runs what was asked for; prints tables and promises, writes everything as JSON."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=main.__doc__)
    parser.add_argument("what", nargs="?", choices=[*_BENCHES, "all"], default="all")
    parser.add_argument("--quick", action="store_true", help="fewer keys and runs: rough figures")
    parser.add_argument("--json", type=Path, help="default: bench/results/WHAT.json")
    options = parser.parse_args()
    results: dict[str, list[Record]] = {}
    targets: list[Target] = []
    for name, bench in _BENCHES.items():
        if options.what in (name, "all"):
            results[name], promises = bench(options.quick)
            targets += promises
            tables = [table([*alike]) for _, alike in groupby(results[name], type)]
            print("\n".join(["", name, *tables, verdicts(promises)]).rstrip())
    path = options.json or Path(__file__).parent / "results" / f"{options.what}.json"
    write_json(path, results, targets)
    print(f"\n{path}")


if __name__ == "__main__":
    main()
