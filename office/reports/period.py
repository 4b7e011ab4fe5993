"""The days that a report is about, and the day as of which it tells.

Public entrance: `Period`, `week_of`, `month_of`, `year_of`, `checked`.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from office.moments import ZONE, show_date, to_utc
from schema.errors import N_, ThukyError

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """From `first` to `last`, both included; what is told is how things stand on `as_of`."""

    first: date
    last: date
    as_of: date

    @property
    def since(self) -> str:
        """The moment (UTC) at which it starts."""
        return start_of(self.first)

    @property
    def until(self) -> str:
        """The moment (UTC) at which it is over."""
        return start_of(self.last + _DAY)

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


def week_of(day: date) -> Period:
    """The week of a day, from Monday on, as it stands on that day."""
    monday = day - timedelta(days=day.weekday())
    return Period(monday, monday + timedelta(days=6), day)


def month_of(day: date) -> Period:
    first = day.replace(day=1)
    return Period(first, first.replace(day=monthrange(day.year, day.month)[1]), day)


def year_of(day: date) -> Period:
    return Period(date(day.year, 1, 1), date(day.year, 12, 31), day)


def checked(period: Period, today: date) -> Period:
    """The same period. Raises ThukyError where its days are the wrong way round, or it asks how
    things stood on a day that has not come, or before it began."""
    if period.last < period.first:
        raise ThukyError(
            N_("Kỳ báo cáo bắt đầu {first} mà kết thúc {last}; hãy đổi hai ngày cho nhau."),
            first=show_date(period.first),
            last=show_date(period.last),
            field="last",
        )
    if period.as_of > today:
        raise ThukyError(
            N_(
                "Ngày {day} chưa đến nên chưa biết lúc ấy ra sao; hãy chọn hôm nay hay ngày đã qua."
            ),
            day=show_date(period.as_of),
            field="as_of",
        )
    if period.as_of < period.first:
        raise ThukyError(
            N_("Ngày {day} còn trước kỳ báo cáo (từ {first}); hãy chọn ngày trong kỳ hay sau đó."),
            day=show_date(period.as_of),
            first=show_date(period.first),
            field="as_of",
        )
    return period


def start_of(day: date) -> str:
    """The moment (UTC) at which a day of the office starts."""
    return to_utc(datetime.combine(day, time(), ZONE))


def midnight(day: date) -> str:
    """When a day of the office starts, as an SQLite modifier of a UTC time."""
    offset = datetime.combine(day, time(), ZONE).utcoffset() or timedelta()
    return f"{offset.total_seconds():+.0f} seconds"
