"""Dates and times as a Vietnamese office writes them, and as they are kept.

Kept: UTC `2026-02-27T07:00:00Z`, dates `2026-02-27`. Written: 14:00 27/02/2026, in the office's
zone. A date without a year is the one nearest to today; a time without a date is today's.
"""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from schema.errors import N_, ThukyError
from schema.viet import fold

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
YEARS = range(1900, 2200)

_FROM_TODAY = {"hom qua": -1, "hom nay": 0, "nay": 0, "mai": 1, "ngay mai": 1}
# Compiled by `re` when first needed, since every start comes by here.
_DATES = (
    r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})",
    r"(?P<day>\d{1,2})([/.-])(?P<month>\d{1,2})(?:\2(?P<year>\d{4}|\d\d))?",
)
_TIME = (
    r"(?<![\d/.:-])(?P<hour>\d{1,2})\s*(?:h|g|gio|:)\s*(?P<minute>\d{1,2})?(?::\d\d)?"
    r"(?:\s*(?:p|ph|phut)\b)?(?!\s*[/.-]|\w)"
)
_BETWEEN = r"\b(?:luc|vao|ngay(?=\s+\d))\b|,"


def parse_date(text: str, today: date) -> date:
    """Read 27/02/2026, 27/2, 27-2-2026, 2026-02-27, hôm nay, mai. Raises ThukyError."""
    return _date(" ".join(fold(text).split()), today, text)


def parse_moment(text: str, today: date) -> datetime:
    """Read 2026-02-27T14:00, 27/02/2026 14:00, 14h30 27/2, 14h: an hour, and perhaps a date.

    Raises ThukyError. ISO 8601 with an offset is turned into the office's zone.
    """
    if ":" in text:
        try:
            exact = datetime.fromisoformat(text.strip())
        except ValueError:
            pass
        else:
            if exact.year in YEARS:
                return exact.astimezone(ZONE) if exact.tzinfo else exact.replace(tzinfo=ZONE)
    words = re.sub(r"(?<=\d)t(?=\d)", " ", fold(text))
    clock = re.search(_TIME, words, re.ASCII)
    if clock is None:
        _date(" ".join(words.split()), today, text)
        raise ThukyError(N_("Thiếu giờ trong “{text}”; hãy viết như 14:00 27/02/2026."), text=text)
    rest = " ".join(
        re.sub(_BETWEEN, " ", words[: clock.start()] + " " + words[clock.end() :]).split()
    )
    day = _date(rest, today, text) if rest else today
    return datetime.combine(day, _time(clock), ZONE)


def parse_time(text: str) -> time:
    """Read 14:00, 14h30, 8h. Raises ThukyError."""
    clock = re.fullmatch(_TIME, fold(text).strip(), re.ASCII)
    if clock is None:
        raise ThukyError(N_("Không hiểu giờ “{text}”; hãy viết như 14:00."), text=text)
    return _time(clock)


def _date(words: str, today: date, text: str) -> date:
    """`words` is what is folded of `text`, which is what a person wrote."""
    if words in _FROM_TODAY:
        return today + timedelta(days=_FROM_TODAY[words])
    found = next((m for form in _DATES if (m := re.fullmatch(form, words, re.ASCII))), None)
    if found is None:
        raise ThukyError(N_("Không hiểu ngày “{text}”; hãy viết như 27/02/2026."), text=text)
    day, month, written = int(found["day"]), int(found["month"]), found["year"]
    if written:
        year = int(written) + (2000 if len(written) == 2 else 0)
        years = [year] if year in YEARS else []
    else:
        years = [today.year - 1, today.year, today.year + 1]
    days = [d for year in years if (d := _day_of(year, month, day))]
    if not days:
        raise ThukyError(N_("Lịch không có ngày {text}; hãy kiểm tra lại."), text=text)
    return min(days, key=lambda d: abs(d - today))


def _time(clock: re.Match[str]) -> time:
    hour, minute = int(clock["hour"]), int(clock["minute"] or 0)
    if hour > 23 or minute > 59:
        raise ThukyError(N_("Không có giờ nào là {time}; ngày có 24 giờ."), time=clock[0].strip())
    return time(hour, minute)


def _day_of(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def to_utc(moment: datetime) -> str:
    """As it is kept, to the second. `moment` has a zone."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def local(utc_text: str) -> datetime:
    """What is kept, in the office's zone. Raises ThukyError where it is no UTC time."""
    try:
        moment = datetime.fromisoformat(utc_text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(ZONE)
    except (ValueError, OverflowError):
        raise ThukyError(N_("Thời điểm “{text}” được ghi sai dạng."), text=utc_text) from None


def office_date(seconds: float) -> date:
    """The date in the office at a clock's `seconds`."""
    return datetime.fromtimestamp(seconds, ZONE).date()


def office_day(utc_text: str | None) -> date | None:
    """The day in the office at a moment as it is kept; None where there is none, or unreadable."""
    try:
        return local(utc_text).date() if utc_text else None
    except ThukyError:
        return None


def show_date(day: date) -> str:
    return day.strftime("%d/%m/%Y")


def day_of(text: str | None) -> date | None:
    """A day as it is kept; None where there is none, or what is there is no day."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def show_day(text: str | None) -> str:
    """A kept day as 27/02/2026. Nothing stays nothing, and what is no day is shown as it is."""
    day = day_of(text)
    return show_date(day) if day else text or ""


def show_time(moment: datetime | time) -> str:
    return moment.strftime("%H:%M")


def show_moment(utc_text: str | None) -> str:
    """14:00 27/02/2026. Nothing stays nothing, and what cannot be read is shown as it is."""
    if not utc_text:
        return ""
    try:
        moment = local(utc_text)
    except ThukyError:
        return utc_text
    return f"{show_time(moment)} {show_date(moment.date())}"
