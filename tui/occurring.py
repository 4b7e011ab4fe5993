"""The next occurrences of tasks that recur, made while the app is open, beside its keys."""

from datetime import date
from typing import TYPE_CHECKING

from schema.errors import ThukyError
from schema.records import Followup
from schema.store import Store

if TYPE_CHECKING:
    from tui.app import ThukyApp


class _Kept:
    """The day on which it was looked for last."""

    day: date | None = None


def keep_up(app: "ThukyApp") -> None:
    """Make what is due, once a day."""
    kept = app.remembered(_Kept)
    if kept.day != app.today():
        kept.day = app.today()
        make_now(app)


def make_now(app: "ThukyApp") -> None:
    """Make what is due, as after one has ended."""
    today = app.today()

    def work(store: Store) -> int:
        if not store.count(Followup, "recurrence <> '' AND recurs_from IS NULL"):
            return 0
        from office.occurrences import make_due

        return len(make_due(store, today))

    def then(made: int | ThukyError) -> None:
        # What cannot be made now is made later.
        if not isinstance(made, ThukyError) and made:
            app.changed()

    app.aside(work, then)
