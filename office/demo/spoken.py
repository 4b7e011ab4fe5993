"""Deadlines as a chairman says them, and the numbers that fill a template."""

from datetime import date, timedelta
from random import Random

from office.workdays import WorkCalendar

_QUARTERS = ("I", "II", "III", "IV")
_VAGUE = ("trong thời gian sớm nhất", "ngay sau cuộc họp này")
_EVENTS = ("sau khi có ý kiến của Ban Thường vụ Tỉnh ủy", "sau khi được bố trí kinh phí")
PROJECTS = (
    "đường nối Vĩnh Yên - Việt Trì",
    "cầu Vĩnh Phú",
    "đường vành đai phía Bắc",
    "hồ điều hòa Nam Việt Trì",
    "bệnh viện đa khoa khu vực Tây Bắc",
    "kè chống sạt lở sông Bứa",
    "đường cao tốc nhánh Hòa Bình",
    "trường phổ thông nội trú Đà Bắc",
    "khu tái định cư Đồng Lạc",
    "trạm bơm tiêu Bình Xuyên",
)


def day_words(day: date) -> str:
    """A date as decree 30/2020/NĐ-CP writes it: 05/3/2026, 15/02/2026."""
    month = f"{day.month:02}" if day.month < 3 else str(day.month)
    return f"{day.day:02}/{month}/{day.year}"


def deadline_words(rng: Random, on: date, calendar: WorkCalendar) -> str:
    """A deadline said `on` a day, most of them clear."""
    day = calendar.on_or_after(on + timedelta(days=rng.choice((7, 10, 14, 20, 25, 30, 45, 60))))
    forms = (
        (36, f"trước ngày {day_words(day)}"),
        (16, f"chậm nhất ngày {day_words(day)}"),
        (15, f"trong {rng.choice((3, 5, 7, 10, 15)):02} ngày làm việc"),
        (9, f"trong tháng {day.month}/{day.year}"),
        (6, f"trong quý {quarter(day)}/{day.year}"),
        (6, f"trước {rng.choice((11, 16, 17))}h00 ngày {day_words(day)}"),
        (2, "trước ngày 25 hằng tháng"),
        (5, rng.choice(_EVENTS)),
        (5, rng.choice(_VAGUE)),
    )
    return rng.choices([form for _, form in forms], [weight for weight, _ in forms])[0]


def quarter(day: date) -> str:
    return _QUARTERS[(day.month - 1) // 3]


def filling(rng: Random, on: date, commune: str) -> dict[str, str]:
    """Values for the names in braces of a template, but for {due}."""
    return {
        "commune": commune,
        "project": rng.choice(PROJECTS),
        "pct": f"{rng.randrange(52, 99)},{rng.randrange(1, 10)}",
        "pct2": str(rng.randrange(18, 60)),
        "n": str(rng.randrange(12, 48)),
        "m": str(rng.randrange(2, 10)),
        "money": f"{rng.randrange(1, 9)}.{rng.randrange(100, 1000)}",
        "month": str(on.month),
        "year": str(on.year),
        "quarter": quarter(on),
    }
