"""A report written to a new file; each returns how many tasks were left out of it, since they bear
a state-secret mark. Public entrance: `write_workbook`, `write_paper`."""

from datetime import datetime
from pathlib import Path

from office.moments import ZONE
from office.reports.annex import tasks
from office.reports.report import Grouping, Report
from schema.files import new_file
from schema.store import Store


def write_workbook(store: Store, report: Report, grouping: Grouping, path: Path) -> int:
    """Raises ThukyError where there is such a file or it cannot be written."""
    from office.reports.workbook import sheets
    from office.sheets import write

    listed, kept = tasks(store, report)
    write(path, sheets(report, listed, grouping))
    return kept


def write_paper(
    store: Store, report: Report, grouping: Grouping, path: Path, *, weekly: bool = False
) -> int:
    """The paper of the report, or the weekly digest. Raises ThukyError as `write_workbook`."""
    from office.papers.letterhead import letterhead
    from office.reports.paper import digest, paper

    listed, kept = tasks(store, report)
    made_at = datetime.fromtimestamp(store.clock(), ZONE)
    with new_file(path) as draft:
        made = digest if weekly else paper
        draft.write_bytes(made(letterhead(store), report, grouping, listed, made_at))
    return kept
