"""What a deadline phrase comes to."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal, TypedDict

Kind = Literal["fixed", "period_end", "working_days", "recurring", "event_relative", "unclear"]


class DeadlineJson(TypedDict):
    """A deadline as the command line prints it: dates 2026-03-15, times 17:00."""

    date: str | None
    inclusive: bool | None
    time: str | None
    kind: Kind
    last_ok_date: str | None
    last_working_day: str | None
    recurrence: str | None
    ask: bool


@dataclass(frozen=True, slots=True)
class Deadline:
    """A deadline read from words.

    `date` is the day that was named; `inclusive` is False where it is itself too late ("trước"),
    unless `time` names an hour of it. `last_ok_date` is the last day on which finishing is in
    time, `last_working_day` the last working day up to it. All are None for an event not known yet
    and for words that name no time. A recurring deadline has the first of its dates after the
    meeting, and `recurrence` as RRULE text (RFC 5545).

    `ask`: a person should confirm. `problem`: why, or what to mind (msgid). `event`: the words of
    the event waited for. `note`: the convention that was followed (msgid).
    """

    kind: Kind
    date: dt.date | None = None
    inclusive: bool | None = None
    time: dt.time | None = None
    last_ok_date: dt.date | None = None
    last_working_day: dt.date | None = None
    recurrence: str | None = None
    ask: bool = False
    problem: str | None = None
    event: str | None = None
    note: str | None = None

    def to_json(self) -> DeadlineJson:
        return {
            "date": _iso(self.date),
            "inclusive": self.inclusive,
            "time": self.time.strftime("%H:%M") if self.time else None,
            "kind": self.kind,
            "last_ok_date": _iso(self.last_ok_date),
            "last_working_day": _iso(self.last_working_day),
            "recurrence": self.recurrence,
            "ask": self.ask,
        }


@dataclass(frozen=True, slots=True)
class Found:
    """A deadline in a text: `phrase` is `text[start:end]`, in code points of the NFC text."""

    start: int
    end: int
    phrase: str
    deadline: Deadline


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
