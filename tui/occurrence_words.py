"""The times of a task that recurs, in words."""

from office.labels import FOLLOWUP_STATES
from office.moments import show_date
from office.occurrences import Occurrence
from tui.words import _


def deadline_words(each: Occurrence) -> str:
    """The deadline, and that it is another day than that of the rule."""
    day = show_date(each.due)
    return day if each.due == each.on else _("{day} (dời)").format(day=day)


def state_words(each: Occurrence) -> str:
    if each.followup is None:
        return _("chưa lập")
    state = each.followup.state
    return _(FOLLOWUP_STATES.get(state, state))
