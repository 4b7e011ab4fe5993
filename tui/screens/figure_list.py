"""The follow-ups that a figure is of, in the table of follow-ups."""

from collections.abc import Sequence

from office.filtering import Clause, Filter, Key
from schema.conditions import row_in
from schema.followup_rows import FollowupRows
from tui.followup_view import View
from tui.screens.followups import Followups

_ANY = Clause(Key.ROLE, ("any",))


class FigureList(Followups):
    """Those of some rows, under a name; the filter narrows them further."""

    PLACE = None

    def __init__(self, name: str, rows: Sequence[int]) -> None:
        super().__init__(View(""))
        self._figure_name = name
        self._rows = rows

    def heading(self) -> str:
        return self._figure_name

    def find(self, *, keep: bool) -> None:
        if self._listing is None:
            return
        asked = Filter((*self.parsed.filter.clauses, _ANY))
        selection = self.asking.selection(
            asked, self.view.order, reverse=self.view.reverse, also=row_in(self._rows)
        )
        self._source.found = FollowupRows(selection)
        self._source.found.complete()
        self._listing.reload(keep=keep)
        self.see_what_works()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        # They are these and no others, however they are laid out.
        if action in ("form", "save", "named", "group", "headings"):
            return False
        return super().check_action(action, parameters)
