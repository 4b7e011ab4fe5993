"""The usual ways in which a meeting recurs, chosen from lists instead of written as an RRULE."""

from dataclasses import dataclass

from office.recurrence import WEEKDAYS
from schema.errors import N_

PATTERNS = {
    "weekly": N_("Hằng tuần"),
    "fortnightly": N_("Hai tuần một lần"),
    "monthly": N_("Hằng tháng, theo thứ"),
    "monthday": N_("Hằng tháng, theo ngày"),
    "quarter": N_("Hằng quý, theo ngày"),
    "daily": N_("Hằng ngày làm việc"),
}
NTH = {
    "1": N_("đầu tiên"),
    "2": N_("thứ hai"),
    "3": N_("thứ ba"),
    "4": N_("thứ tư"),
    "-1": N_("cuối cùng"),
}
_WORKDAYS = "MO,TU,WE,TH,FR"


@dataclass(frozen=True, slots=True)
class Pattern:
    """One of PATTERNS with the weekday (0 is Monday), which of them in a month, or the day."""

    kind: str = "weekly"
    weekday: int = 0
    nth: int = 1
    day: int = 1

    @property
    def rule(self) -> str:
        """As an RFC 5545 RRULE."""
        name = WEEKDAYS[self.weekday]
        return {
            "weekly": f"FREQ=WEEKLY;BYDAY={name}",
            "fortnightly": f"FREQ=WEEKLY;INTERVAL=2;BYDAY={name}",
            "monthly": f"FREQ=MONTHLY;BYDAY={self.nth}{name}",
            "monthday": f"FREQ=MONTHLY;BYMONTHDAY={self.day}",
            "quarter": f"FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY={self.day}",
            "daily": f"FREQ=WEEKLY;BYDAY={_WORKDAYS}",
        }[self.kind]


def pattern_of(rule: str) -> Pattern | None:
    """The pattern whose rule this is; None for one that no pattern makes."""
    wanted = rule.strip().upper().removeprefix("RRULE:").strip(";")
    candidates = (
        Pattern(kind, weekday, nth, day)
        for kind in PATTERNS
        for weekday in range(len(WEEKDAYS))
        for nth in (map(int, NTH) if kind == "monthly" else (1,))
        for day in (range(1, 32) if kind in ("monthday", "quarter") else (1,))
    )
    return next((pattern for pattern in candidates if pattern.rule == wanted), None)
