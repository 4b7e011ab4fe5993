"""The sample office's inspections: about every two months a visit to the unit with the most work
that is late, and what was seen of each piece of it."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from random import Random

from office.demo.cast import SECRETARY
from office.demo.staff import Staff
from office.moments import ZONE
from office.workdays import WorkCalendar
from schema.records import Finding, Followup, Inspection, Unit
from schema.store import Store

_EVERY = timedelta(days=61)
_MOST = 6
_SEEN = (
    ("good", "hồ sơ đầy đủ, tiến độ đúng như báo cáo", "sổ theo dõi của đơn vị"),
    ("short", "mới có dự thảo, chưa lấy ý kiến đơn vị phối hợp", "dự thảo lần 1"),
    ("short", "đã phân công nhưng chưa bố trí kinh phí", "tờ trình xin kinh phí"),
    ("wrong", "số liệu đã báo cáo không khớp hồ sơ gốc", "bảng đối chiếu số liệu"),
)
_CONCLUSION = "Đề nghị đơn vị hoàn thành các việc quá hạn trong 15 ngày, báo cáo Văn phòng."


def days(first: date, last: date, calendar: WorkCalendar) -> Iterator[datetime]:
    """When there is a visit."""
    day = first + _EVERY
    while day <= last:
        yield datetime.combine(calendar.on_or_after(day), time(14, 30), ZONE)
        day += _EVERY


def visit(store: Store, staff: Staff, number: int, today: date, rng: Random) -> None:
    """Go where most is late, and write down what was seen."""
    late = store.live(
        Followup, "state IN ('assigned', 'in_progress') AND due < ? ORDER BY id", today.isoformat()
    )
    units = Counter(followup.lead for followup in late if followup.lead)
    if not units:
        return
    ((lead, _n),) = units.most_common(1)
    unit = store.get(Unit, lead)
    ordered = today - timedelta(days=7)
    inspection = store.insert(
        Inspection(
            title=f"Kiểm tra việc thực hiện nhiệm vụ được giao tại {unit.name}",
            unit=unit.id,
            head=staff.deputy_chiefs[number % len(staff.deputy_chiefs)].id,
            members=SECRETARY,
            number=f"{40 + 13 * number}/KH-UBND",
            issued_on=ordered.isoformat(),
            planned_on=today.isoformat(),
            visited_on=today.isoformat(),
            plan="Kiểm tra hồ sơ, tiến độ các nhiệm vụ quá hạn",
            conclusion=_CONCLUSION,
        )
    )
    for followup in [f for f in late if f.lead == unit.id][:_MOST]:
        result, text, evidence = rng.choice(_SEEN)
        store.put(
            Finding(
                inspection=inspection.id,
                followup=followup.id,
                text=text,
                result=result,
                evidence=evidence,
                by=SECRETARY,
                seen_on=today.isoformat(),
            )
        )
