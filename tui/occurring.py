"""The next occurrences of tasks that recur, made while the app is open, beside its keys."""

from datetime import date
from typing import TYPE_CHECKING

from schema.errors import ThukyError
from schema.records import Followup
from schema.store import Store
from tui.queries import last_change

if TYPE_CHECKING:
    from tui.app import ThukyApp


class _Kept:
    """The day on which it was looked for last, and how often it is being looked for now."""

    day: date | None = None
    at_work = 0


def keep_up(app: "ThukyApp") -> None:
    """Make what is due, once a day."""
    kept = app.remembered(_Kept)
    if kept.day != app.today():
        kept.day = app.today()
        make_now(app)


def making(app: "ThukyApp") -> bool:
    """Whether what is due is being made; when all is made it is shown, at once."""
    return app.remembered(_Kept).at_work > 0


def make_now(app: "ThukyApp") -> None:
    """Make what is due, as after one has ended."""
    today, before = app.today(), last_change(app.store)
    kept = app.remembered(_Kept)

    def work(store: Store) -> None:
        if store.count(Followup, "recurrence <> ''"):
            from office.occurrences import make_due

            make_due(store, today)

    def then(_: ThukyError | None) -> None:
        # What cannot be made now is made later.
        kept.at_work -= 1
        if last_change(app.store) != before:
            app.changed()

    kept.at_work += 1
    app.aside(work, then)
