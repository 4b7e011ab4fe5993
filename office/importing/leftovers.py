"""The rows that did not go in, as a table for whoever is to mend them.

Public entrance: `write_leftovers`.
"""

import csv
from collections.abc import Callable, Sequence
from pathlib import Path

from office.importing.batch import STATES, Proposal
from office.importing.columns import ORDER_NUMBER, TARGETS
from schema.errors import N_, ThukyError
from schema.files import new_file

_FORMULAS = ("=", "+", "-", "@")
_NUMBER, _STATE, _WHY = N_("Dòng"), N_("Tình trạng"), N_("Vì sao")


def write_leftovers(
    path: Path,
    proposals: Sequence[Proposal],
    say: Callable[[str], str],
    tell: Callable[[ThukyError], str],
) -> None:
    """Write them with what is wrong with each, as xlsx or (by the name of `path`) CSV; no cell is
    ever a formula. `say` and `tell` put words into the person's language. Raises ThukyError where
    there is such a file, or it cannot be written."""
    targets = [t for t in TARGETS if t != ORDER_NUMBER and any(p.texts.get(t) for p in proposals)]
    heads = [say(_NUMBER), say(_STATE), say(_WHY), *(say(TARGETS[t]) for t in targets)]
    rows: list[list[str | int]] = [
        [
            p.number,
            say(STATES[p.state]),
            "; ".join(map(tell, p.told())),
            *(p.texts.get(target, "") for target in targets),
        ]
        for p in proposals
    ]
    if path.suffix.lower() == ".csv":
        with new_file(path) as draft, draft.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows([heads, *([_harmless(c) for c in row] for row in rows)])
        return
    from office.sheets import Column, Sheet, write

    widths = {0: 8, 2: 40, 3: 50}
    columns = [Column(head, widths.get(at, 20)) for at, head in enumerate(heads)]
    write(path, [Sheet(say(N_("Chưa nhập")), columns, rows)])


def _harmless(cell: object) -> object:
    """A text that no spreadsheet takes for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULAS) else cell
