"""What a report counts. Each figure is of some follow-ups, so that it can be opened as their list.

đúng hạn / (hoàn thành + quá hạn chưa xong) is the on-time share of the official reports; what has
no deadline is left out of it, since it can be neither.

Public entrance: `Figure`, `FIGURES`, `Shapes`, `Count`, `days_late`.
"""

from collections import Counter
from collections.abc import Callable
from datetime import date
from enum import StrEnum
from statistics import median
from typing import NamedTuple

from schema.errors import N_
from schema.report_rows import Stood
from schema.standing import DONE, OPEN, Standing

ON_TIME_FORMULA = N_(
    "Tỷ lệ đúng hạn = đúng hạn / (hoàn thành + quá hạn chưa xong); không tính việc không có hạn."
)


class Figure(StrEnum):
    """Names that stay as they are: they are the keys of the JSON."""

    ASSIGNED = "assigned"
    CARRIED_IN = "carried_in"
    GIVEN = "given"
    DONE = "done"
    DONE_IN_TIME = "done_in_time"
    DONE_LATE = "done_late"
    DONE_WITHOUT_DEADLINE = "done_without_deadline"
    OPEN = "open"
    RUNNING_IN_TIME = "running_in_time"
    RUNNING_LATE = "running_late"
    RUNNING_WITHOUT_DEADLINE = "running_without_deadline"
    NOT_STARTED = "not_started"
    WITHOUT_DEADLINE = "without_deadline"
    EXTENDED = "extended"
    RETURNED = "returned"
    ON_TIME_SHARE = "on_time_share"
    MEDIAN_DAYS_LATE = "median_days_late"
    SIX_POINTS = "six_points"
    SIX_POINTS_SHARE = "six_points_share"
    MEDIAN_MINUTES_TO_ASSIGN = "median_minutes_to_assign"
    PRODUCTS = "products"
    EFFECTS_STRONG = "effects_strong"
    EFFECTS_SOME = "effects_some"
    EFFECTS_NONE = "effects_none"


Of = Callable[[Stood, str], bool]
"""Whether a follow-up is one of a figure's, in a period that began on that day."""


class About(NamedTuple):
    """A figure's name, the same in short, and which follow-ups it is of."""

    words: str
    short: str
    of: Of
    unit: str = ""
    """What kind of number it is: nothing for how many, "share", "days", "minutes"."""


def _stands(*standings: Standing) -> Of:
    wanted = frozenset(map(str, standings))
    return lambda row, first: row.standing in wanted


def _carried(row: Stood, first: str) -> bool:
    return row.given < first


def _given(row: Stood, first: str) -> bool:
    return row.given >= first


_LATE = _stands(Standing.DONE_LATE, Standing.RUNNING_LATE)
_DUE = _stands(Standing.DONE_IN_TIME, Standing.DONE_LATE, Standing.RUNNING_LATE)

FIGURES: dict[Figure, About] = {
    Figure.ASSIGNED: About(N_("Tổng giao"), N_("Tổng"), lambda row, first: True),
    Figure.CARRIED_IN: About(N_("Kỳ trước chuyển sang"), N_("Cũ"), _carried),
    Figure.GIVEN: About(N_("Giao trong kỳ"), N_("Mới"), _given),
    Figure.DONE: About(N_("Hoàn thành"), N_("Xong"), _stands(*DONE)),
    Figure.DONE_IN_TIME: About(
        N_("Hoàn thành đúng hạn"), N_("Xong đúng"), _stands(Standing.DONE_IN_TIME)
    ),
    Figure.DONE_LATE: About(N_("Hoàn thành quá hạn"), N_("Xong muộn"), _stands(Standing.DONE_LATE)),
    Figure.DONE_WITHOUT_DEADLINE: About(
        N_("Hoàn thành, không có hạn"), N_("Xong k.hạn"), _stands(Standing.DONE)
    ),
    Figure.OPEN: About(N_("Chưa hoàn thành"), N_("Chưa"), _stands(*OPEN)),
    Figure.RUNNING_IN_TIME: About(
        N_("Đang thực hiện, trong hạn"), N_("Trong hạn"), _stands(Standing.RUNNING_IN_TIME)
    ),
    Figure.RUNNING_LATE: About(
        N_("Chưa hoàn thành, quá hạn"), N_("Quá hạn"), _stands(Standing.RUNNING_LATE)
    ),
    Figure.RUNNING_WITHOUT_DEADLINE: About(
        N_("Đang thực hiện, không có hạn"), N_("Làm k.hạn"), _stands(Standing.RUNNING)
    ),
    Figure.NOT_STARTED: About(N_("Chưa thực hiện"), N_("Chưa làm"), _stands(Standing.NOT_STARTED)),
    Figure.WITHOUT_DEADLINE: About(
        N_("Không có hạn"), N_("Không hạn"), lambda row, first: row.due is None
    ),
    Figure.EXTENDED: About(
        N_("Được gia hạn"), N_("Gia hạn"), lambda row, first: row.extensions > 0
    ),
    Figure.RETURNED: About(N_("Bị trả lại"), N_("Trả lại"), lambda row, first: row.returns > 0),
    Figure.ON_TIME_SHARE: About(N_("Tỷ lệ đúng hạn"), N_("% đ.hạn"), _DUE, "share"),
    Figure.MEDIAN_DAYS_LATE: About(
        N_("Số ngày quá hạn (trung vị)"), N_("Ngày muộn"), _LATE, "days"
    ),
    Figure.SIX_POINTS: About(N_("Đủ 6 rõ"), N_("Đủ 6 rõ"), lambda row, first: bool(row.clear)),
    Figure.SIX_POINTS_SHARE: About(
        N_("Tỷ lệ đủ 6 rõ"), N_("% 6 rõ"), lambda row, first: bool(row.clear), "share"
    ),
    Figure.MEDIAN_MINUTES_TO_ASSIGN: About(
        N_("Số phút từ lúc nêu đến lúc giao (trung vị)"),
        N_("Phút giao"),
        lambda row, first: row.minutes is not None and row.given >= first,
        "minutes",
    ),
    Figure.PRODUCTS: About(
        N_("Có sản phẩm"), N_("Sản phẩm"), lambda row, first: bool(row.delivered)
    ),
    Figure.EFFECTS_STRONG: About(
        N_("Tác động rõ"), N_("Tác động"), lambda row, first: row.effect == "strong"
    ),
    Figure.EFFECTS_SOME: About(
        N_("Có tác động"), N_("T.đ. ít"), lambda row, first: row.effect == "some"
    ),
    Figure.EFFECTS_NONE: About(
        N_("Chưa thấy tác động"), N_("Chưa t.đ."), lambda row, first: row.effect == "none"
    ),
}
COUNTS = tuple(figure for figure, about in FIGURES.items() if not about.unit)
"""Those that are a number of follow-ups; parts of them sum to the whole."""
PARTITION = (
    *(Figure.DONE_IN_TIME, Figure.DONE_LATE, Figure.DONE_WITHOUT_DEADLINE),
    *(Figure.RUNNING_IN_TIME, Figure.RUNNING_LATE, Figure.RUNNING_WITHOUT_DEADLINE),
    Figure.NOT_STARTED,
)
"""Each that was assigned is in one of these, and in one only."""

Value = int | float | None
"""How many; a share from 0 to 1 or a median, None where there is nothing to tell of."""


class Shape:
    """What follow-ups have in common that count in the same figures."""

    def __init__(self, row: Stood, first: str) -> None:
        self.figures = frozenset(f for f, about in FIGURES.items() if about.of(row, first))


class Shapes:
    """The shapes of follow-ups, in a period that began on the day `first`; each is made once."""

    def __init__(self, first: str) -> None:
        self._first = first
        self._made: dict[tuple[object, ...], Shape] = {}

    def of(self, row: Stood) -> Shape:
        # All that a figure asks of a row.
        key = (
            row.standing,
            row.given >= self._first,
            row.due is None,
            row.extensions > 0,
            row.returns > 0,
            row.clear,
            row.minutes is None,
            row.delivered,
            row.effect,
        )
        if (shape := self._made.get(key)) is None:
            shape = self._made[key] = Shape(row, self._first)
        return shape


class Count:
    """The figures of some follow-ups: how many there are of each shape, how many days the late ones
    are late, in how many minutes they were assigned."""

    def __init__(self) -> None:
        self.shapes: Counter[Shape] = Counter()
        self.late: list[int] = []
        self.minutes: list[int] = []

    def __getitem__(self, figure: Figure) -> Value:
        match figure:
            case Figure.ON_TIME_SHARE:
                return _share(self._many(Figure.DONE_IN_TIME), self._many(figure))
            case Figure.SIX_POINTS_SHARE:
                return _share(self._many(figure), self.shapes.total())
            case Figure.MEDIAN_DAYS_LATE:
                return median(self.late) if self.late else None
            case Figure.MEDIAN_MINUTES_TO_ASSIGN:
                return median(self.minutes) if self.minutes else None
        return self._many(figure)

    def _many(self, figure: Figure) -> int:
        return sum(many for shape, many in self.shapes.items() if figure in shape.figures)


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def days_late(row: Stood, as_of: date) -> int:
    """How many days after its last day in time a late one was done, or stands open."""
    return (
        date.fromisoformat(row.done or as_of.isoformat()) - date.fromisoformat(row.due or "")
    ).days
