"""The times of a task that recurs, in words."""

from datetime import timedelta

from office.labels import FOLLOWUP_STATES
from office.moments import show_date
from office.occurrences import Occurrence
from tui.words import _

_DAY = timedelta(days=1)


def deadline_words(each: Occurrence) -> str:
    """The deadline; that it was moved from the day of the rule, or is itself a day off."""
    day = show_date(each.due)
    if each.due != each.on:
        return _("{day} (dời)").format(day=day)
    if each.last_working < each.due - _DAY:
        return _("{day} (làm việc: {last:%d/%m})").format(day=day, last=each.last_working)
    return day


def state_words(each: Occurrence) -> str:
    if each.followup is None:
        return _("chưa lập")
    state = each.followup.state
    return _(FOLLOWUP_STATES.get(state, state))
