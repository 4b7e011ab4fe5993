"""The register of official numbers: who may give one, and which counts.

Numbers run from 01 without a gap from 1 January to 31 December, for each kind of paper by itself
(decree 30/2020/NĐ-CP, article 15). One device holds the register for a term; the others ask. What
has happened are rows that never change (`schema.records`), and all else follows from them, alike on
every machine that has the same rows:

- A term's holder is who wrote the take-over, or whom the last holder named in the hand-over. The
  term with the highest number, then the highest id, is the present one.
- A holder opens its term once it has heard all there is, and writes down the last numbers it knows.
  A number of an earlier term counts only up to those.
- A number counts only where the holder's own device stamped it. A copy of its database becomes
  another device as soon as that is noticed, and what it wrote and had not sent bears that one's.

A row is *settled* here once it was known, and out of this machine, before a whole round of syncing
began, which brought no new term. Who writes, then reads all that others wrote, and finds nobody
who began a new term, is seen by whoever begins one later. So a holder acts on a settled term only,
and a number is official, to be written on a paper, once it is settled. Public entrance: `Register`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from schema.errors import N_, ThukyError
from schema.records import NumberRequest, OfficialNumber, RegisterEvent
from schema.register_rows import Rows, Stamped
from schema.viet import fold

KINDS = {
    "TB": N_("Thông báo"),
    "CV": N_("Công văn"),
    "QĐ": N_("Quyết định"),
    "NQ": N_("Nghị quyết"),
    "CT": N_("Chỉ thị"),
    "QC": N_("Quy chế"),
    "QyĐ": N_("Quy định"),
    "TC": N_("Thông cáo"),
    "HD": N_("Hướng dẫn"),
    "CTr": N_("Chương trình"),
    "KH": N_("Kế hoạch"),
    "PA": N_("Phương án"),
    "ĐA": N_("Đề án"),
    "DA": N_("Dự án"),
    "BC": N_("Báo cáo"),
    "BB": N_("Biên bản"),
    "TTr": N_("Tờ trình"),
    "HĐ": N_("Hợp đồng"),
    "CĐ": N_("Công điện"),
    "BGN": N_("Bản ghi nhớ"),
    "BTT": N_("Bản thỏa thuận"),
    "GUQ": N_("Giấy ủy quyền"),
    "GM": N_("Giấy mời"),
    "GGT": N_("Giấy giới thiệu"),
    "GNP": N_("Giấy nghỉ phép"),
    "PG": N_("Phiếu gửi"),
    "PC": N_("Phiếu chuyển"),
    "PB": N_("Phiếu báo"),
}
"""The kinds of papers by their abbreviations (decree 30/2020, annex III); a letter has none, CV
stands for it."""
MOST_SUBJECT = 500
STARTS = ("alone", "take_over", "hand_over")

Series = tuple[int, str]
"""A year and a kind: what numbers run in."""
Upto = Mapping[Series, int]
Standing = Literal["official", "unsettled", "void", "outside"]


@dataclass(frozen=True, slots=True)
class Term:
    """A time of holding. `upto` is from where it goes on; nothing until it is opened."""

    event: RegisterEvent
    holder: str
    settled: bool
    upto: Upto | None

    @property
    def order(self) -> tuple[int, str]:
        return self.event.term, self.event.id

    @property
    def declared(self) -> Upto:
        return parse_upto(self.event.upto)


@dataclass(frozen=True, slots=True)
class Settled:
    """Up to which `seq` the rows of each table are settled here."""

    events: int = 0
    numbers: int = 0


class Register:
    """The register as this machine knows it.

    `joined` is whether it belongs to a workspace; one that does not holds the register by itself.
    """

    def __init__(self, rows: Rows, settled: Settled, *, joined: bool) -> None:
        self.me = rows.device
        self.joined = joined
        self._rows = rows
        self._settled = settled

    # Terms

    @cached_property
    def terms(self) -> list[Term]:
        """Those that count, the first one first."""
        starts = [s for s in self._rows.events if s.row.kind in STARTS]
        found: list[Term] = []
        holders: dict[str | None, str] = {}
        for start in sorted(starts, key=lambda s: (s.row.term, s.row.id)):
            if holder := _holder(start, holders):
                holders[start.row.id] = holder
                found.append(self._term(start, holder, self._opening(start.row.id, holder)))
        # What machines gave by themselves counts where the first holder did so.
        first = found[0].holder if found else self.me
        alone = [s for s in starts if s.row.kind == "alone" and first in s.writers]
        alone.sort(key=lambda s: s.row.id)
        return [self._term(s, first, parse_upto(s.row.upto)) for s in alone] + found

    def _opening(self, term: str, holder: str) -> Upto | None:
        """What the holder of a term said when it began."""
        said = [s.row for s in self._rows.events if s.row.previous == term and holder in s.writers]
        opened = [row for row in said if row.kind == "opened"]
        return parse_upto(min(opened, key=lambda row: row.id).upto) if opened else None

    def _term(self, start: Stamped[RegisterEvent], holder: str, upto: Upto | None) -> Term:
        settled = start.sent and start.row.seq <= self._settled.events
        return Term(start.row, holder, settled, upto)

    @property
    def term(self) -> Term | None:
        """The present one."""
        return self.terms[-1] if self.terms else None

    @property
    def holder(self) -> str:
        """The device that holds the register; nothing where nobody does yet."""
        if not self.joined:
            return self.me
        return self.term.holder if self.term and self.term.event.kind != "alone" else ""

    @property
    def mine(self) -> bool:
        return self.holder == self.me

    @property
    def open(self) -> bool:
        """Whether the present term's holder has begun."""
        return not self.joined or bool(self.term and self.term.upto is not None)

    @property
    def next_term(self) -> int:
        return 1 + max((s.row.term for s in self._rows.events), default=0)

    # Numbers

    @cached_property
    def standings(self) -> dict[str, Standing]:
        """What each number is: official; not settled yet; void, so that its request is waiting
        again; or from outside of this register, as one that a machine gave when it was alone."""
        if not self.joined:
            return {s.row.id: "official" for s in self._rows.numbers}
        terms = {term.event.id: term for term in self.terms}
        known = {s.row.id for s in self._rows.events}
        taken: set[tuple[Series, int]] = set()
        found: dict[str, Standing] = {}

        def order(s: Stamped[OfficialNumber]) -> tuple[tuple[int, str], str]:
            term = terms.get(s.row.term or "")
            return term.order if term else (1 << 62, ""), s.row.id

        for s in sorted(self._rows.numbers, key=order):
            number, term = s.row, terms.get(s.row.term or "")
            place = series_of(number), number.number
            if term is None:
                # Of a term that is still to come; or of one that never counted.
                found[number.id] = "outside" if number.term in known else "unsettled"
            elif term.holder not in s.writers or self._is_cut_off(number, term):
                found[number.id] = "void"
            elif place in taken:
                found[number.id] = "outside"
            else:
                settled = s.sent and number.seq <= self._settled.numbers
                found[number.id] = "official" if settled else "unsettled"
                taken.add(place)
        return found

    def _is_cut_off(self, number: OfficialNumber, term: Term) -> bool:
        return any(
            later.upto is not None and number.number > later.upto.get(series_of(number), 0)
            for later in self.terms
            if later.order > term.order
        )

    @cached_property
    def numbers(self) -> list[OfficialNumber]:
        """Those that count, by year, kind and number."""
        counted = [s.row for s in self._rows.numbers if self.standing(s.row) in _COUNTING]
        return sorted(counted, key=lambda n: (*series_of(n), n.number, n.id))

    @property
    def highest(self) -> dict[Series, int]:
        """The last number of each year and kind among all rows, whether it counts or not."""
        found = dict(self.last)
        for s in self._rows.numbers:
            found[series_of(s.row)] = max(found.get(series_of(s.row), 0), s.row.number)
        return found

    @property
    def voided(self) -> list[OfficialNumber]:
        return [s.row for s in self._rows.numbers if self.standing(s.row) == "void"]

    def standing(self, number: OfficialNumber) -> Standing:
        return self.standings[number.id]

    @cached_property
    def last(self) -> dict[Series, int]:
        """The last number of each year and kind, as far as is known here."""
        found: dict[Series, int] = {}
        told = [upto for term in self.terms for upto in (term.declared, term.upto or {})]
        for upto in told:
            for series, number in upto.items():
                found[series] = max(found.get(series, 0), number)
        for given in self.numbers:
            series = series_of(given)
            found[series] = max(found.get(series, 0), given.number)
        return found

    @cached_property
    def missing(self) -> dict[Series, list[int]]:
        """Numbers that were given and are not known here, but for those that a take-over went on
        without."""
        base: dict[Series, int] = {}
        for term in self.terms:
            if term.event.kind != "hand_over":
                for series, number in term.declared.items():
                    base[series] = max(base.get(series, 0), number)
        known: dict[Series, set[int]] = {}
        for given in self.numbers:
            known.setdefault(series_of(given), set()).add(given.number)
        found = {
            series: [n for n in range(base.get(series, 0) + 1, last + 1) if n not in here]
            for series, last in self.last.items()
            for here in (known.get(series, set()),)
        }
        return {series: numbers for series, numbers in found.items() if numbers}

    # Requests

    @cached_property
    def answers(self) -> dict[str, OfficialNumber]:
        """The number of each request that has one."""
        counted = [s.row for s in self._rows.numbers if self.standing(s.row) != "void"]
        counted.sort(key=lambda n: (self.standing(n) == "outside", n.year, n.number, n.id))
        return {n.request: n for n in reversed(counted) if n.request}

    @cached_property
    def requests(self) -> dict[str, NumberRequest]:
        return {s.row.id: s.row for s in self._rows.requests}

    @property
    def waiting(self) -> list[NumberRequest]:
        """Those without a number, the one asked first first."""
        found = [r for r in self.requests.values() if r.id not in self.answers and r.kind in KINDS]
        return sorted(found, key=lambda r: (r.created_at, r.id))

    @cached_property
    def askers(self) -> dict[str, str]:
        """The device on which each was asked."""
        return {s.row.id: min(s.writers, default="") for s in self._rows.requests}

    def is_too_early(self, year: int) -> bool:
        """Whether numbers of a later year were given already."""
        return any(later > year for later, _ in self.last)


_COUNTING: tuple[Standing, ...] = ("official", "unsettled")


def _holder(start: Stamped[RegisterEvent], holders: Mapping[str | None, str]) -> str:
    """Who holds the register by this event; nothing where it does not count. `holders` are those of
    the terms before."""
    event = start.row
    if event.kind == "take_over":
        return event.device if event.device in start.writers else ""
    if event.kind == "hand_over":
        return event.device if holders.get(event.previous) in start.writers else ""
    return ""


def series_of(number: OfficialNumber) -> Series:
    return number.year, number.kind


def parse_upto(text: str) -> dict[Series, int]:
    """Lines such as `2026 TB 17`; what is none is passed over, since any machine may write it."""
    found = {}
    for line in text.splitlines():
        year, _, rest = line.partition(" ")
        kind, _, number = rest.partition(" ")
        if year.isdecimal() and number.isdecimal() and len(line) < 40:
            found[int(year), kind] = int(number)
    return found


def write_upto(upto: Upto) -> str:
    return "\n".join(f"{year} {kind} {last}" for (year, kind), last in sorted(upto.items()) if last)


def show_number(number: int, kind: str) -> str:
    """As decree 30/2020 writes it before the issuer: 05/TB; a letter has no kind in it."""
    return f"{number:02}" if kind == "CV" else f"{number:02}/{kind}"


def parse_kind(text: str) -> str:
    """TB, tb, thông báo. Raises ThukyError."""
    wanted = text.strip()
    by_case = {kind.casefold(): kind for kind in KINDS}
    if kind := by_case.get(wanted.casefold()):
        return kind
    folded = fold(wanted)
    found = [k for k, words in KINDS.items() if folded in (fold(k), fold(words))]
    if len(found) != 1:
        raise ThukyError(
            N_("Không có loại văn bản “{kind}”; hãy dùng một trong: {kinds}."),
            kind=text,
            kinds=", ".join(KINDS),
        )
    return found[0]
