"""Tasks from no meeting: directive papers from above, resolutions, notices, orders by phone."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from office.demo.talk import Talk
from office.demo.words import Topic
from office.moments import ZONE
from office.workdays import WorkCalendar

A_MONTH = 9
"""How many of them come in a month, about."""
_KINDS = ("directive", "resolution", "notice", "phone")
_WEIGHTS = (45, 15, 20, 20)
_ISSUERS = {
    "directive": (
        ("Văn phòng Chính phủ", "VPCP-KTTH"),
        ("Thủ tướng Chính phủ", "CĐ-TTg"),
        ("Bộ Tài chính", "BTC-ĐT"),
        ("Bộ Nội vụ", "BNV-CQĐP"),
    ),
    "resolution": (("HĐND tỉnh", "NQ-HĐND"), ("Chính phủ", "NQ-CP")),
    "notice": (("Tỉnh ủy", "TB/TU"), ("Ban Thường vụ Tỉnh ủy", "KL/TU")),
    "phone": (("Chủ tịch UBND tỉnh", ""), ("Phó Chủ tịch UBND tỉnh", "")),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A paper, or an order by phone, that asks for something; `sentence` says what."""

    at: datetime
    kind: str
    number: str
    issuer: str
    issued_on: date
    sentence: str


def papers(
    first: date,
    last: date,
    topics: Sequence[Topic],
    communes: Sequence[str],
    calendar: WorkCalendar,
    talk: Talk,
    rng: Random,
) -> Iterator[Paper]:
    """What comes in from the first day to the last, in order of time."""
    day = first
    while day <= last:
        if calendar.is_working(day) and rng.random() < A_MONTH / 21:
            (topic,) = rng.sample([t for t in topics if not t.months or day.month in t.months], 1)
            kind = rng.choices(_KINDS, _WEIGHTS)[0]
            issuer, symbol = rng.choice(_ISSUERS[kind])
            number = str(rng.randrange(12, 990))
            joined = number + ("-" if symbol.endswith("TU") else "/") + symbol
            yield Paper(
                at=datetime.combine(day, time(rng.randrange(8, 17), rng.randrange(60)), ZONE),
                kind=kind,
                number=joined if symbol else "",
                issuer=issuer,
                issued_on=calendar.previous_working(day) if symbol else day,
                sentence=talk.direction(topic, rng.choice(topic.tasks), day, rng.choice(communes)),
            )
        day += timedelta(days=1)
