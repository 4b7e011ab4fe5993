"""What is done with the register of official numbers: asking, giving, handing over, taking over.

`attend` is what a machine does after each whole round of syncing; it alone gives numbers in a
workspace. Public entrance: `load`, `ask`, `hand_over`, `take_over`, `attend`.
"""

from collections.abc import Mapping
from datetime import date

from office.register import (
    MOST_SUBJECT,
    Register,
    Series,
    Settled,
    Upto,
    parse_kind,
    show_number,
    write_upto,
)
from schema import register_rows
from schema.errors import N_, ThukyError
from schema.records import NumberRequest, OfficialNumber, RegisterEvent
from schema.register_rows import Stamped
from schema.store import Store

SETTLED = "register_settled"
"""Local setting: of events and of numbers, up to where they are settled here, and up to where they
were known and out when the last whole round ended."""
_Marks = tuple[int, int, int, int]


def load(store: Store, *, joined: bool) -> Register:
    """The register as it stands on this machine."""
    events, numbers, _, _ = _marks(store)
    return Register(register_rows.read(store), Settled(events, numbers), joined=joined)


def ask(
    store: Store, kind: str, subject: str, today: date, *, by: str = "", joined: bool
) -> NumberRequest:
    """Ask for a number. A machine that is alone gives it at once. Raises ThukyError."""
    subject = " ".join(subject.split())
    if not subject:
        raise ThukyError(N_("Hãy ghi trích yếu của văn bản."), field="subject")
    if len(subject) > MOST_SUBJECT:
        raise ThukyError(
            N_("Trích yếu dài {count} chữ, nhiều nhất là {most}; hãy rút ngắn."),
            field="subject",
            count=len(subject),
            most=MOST_SUBJECT,
        )
    with store.transaction():
        request = store.insert(NumberRequest(kind=parse_kind(kind), subject=subject, by=by))
        if not joined:
            register = load(store, joined=False)
            if register.is_too_early(today.year):
                raise _too_early(register, today)
            _give(store, register, today, by)
    return request


def hand_over(store: Store, device: str, *, by: str = "") -> RegisterEvent:
    """Let another device hold the register from now on. Raises ThukyError where it is not this
    machine's to give."""
    with store.transaction():
        register = load(store, joined=True)
        term = register.term
        if not register.mine or term is None:
            raise ThukyError(N_("Máy này không giữ sổ nên không bàn giao được."))
        if not register.open:
            raise ThukyError(N_("Máy này chưa nhận xong sổ; hãy đồng bộ trước rồi bàn giao."))
        if device == register.me:
            raise ThukyError(N_("Sổ đang ở chính máy này."))
        return store.insert(
            RegisterEvent(
                kind="hand_over",
                term=register.next_term,
                device=device,
                previous=term.event.id,
                upto=write_upto(register.last),
                by=by,
            )
        )


def take_over(
    store: Store,
    today: date,
    last: Mapping[str, int],
    *,
    missing_too: bool = False,
    by: str = "",
    joined: bool,
) -> RegisterEvent:
    """Hold the register from now on without a hand-over. `last` are last numbers of this year, by
    kind, of papers that are not in the program; `missing_too`: go on although numbers that were
    given are not known here.

    Raises ThukyError with nothing written: where this machine holds it already and there is nothing
    in `last`, where a number of `last` is behind, and where numbers are missing.
    """
    with store.transaction():
        register = load(store, joined=joined)
        if register.mine and not last:
            raise ThukyError(N_("Máy này đang giữ sổ."))
        if register.missing and not missing_too:
            raise ThukyError(
                N_(
                    "Máy này chưa nhận được {numbers}. Hãy đồng bộ trước; chỉ khi không còn cách "
                    "nào nhận được thì mới nhận sổ mà bỏ qua chúng."
                ),
                numbers=show_missing(register),
            )
        upto: dict[Series, int] = dict(register.last) if missing_too else {}
        for kind, number in last.items():
            series = today.year, parse_kind(kind)
            if number < register.last.get(series, 0):
                raise ThukyError(
                    N_("Sổ đã đến số {last} năm {year}, không lùi về {number} được."),
                    last=show_number(register.last[series], series[1]),
                    year=series[0],
                    number=number,
                )
            upto[series] = number
        return _take(store, register, upto, by, joined=joined)


def attend(store: Store, today: date, *, founder: bool, by: str = "") -> bool:
    """After a whole round, in which this device sent all and took in all: see what is settled, and
    where this device holds the register, give what is asked for. The device that founded the
    workspace (`founder`) holds it first.

    Returns whether another round should follow at once.
    """
    with store.transaction():
        before = _marks(store)
        known = register_rows.read(store)
        events, numbers = before[2], before[3]
        if not Register(known, Settled(events, before[1]), joined=True).open and known.events:
            numbers = before[1]
        register = Register(known, Settled(events, numbers), joined=True)
        wrote = _act(store, register, today, founder, by)
        marks = (events, numbers, _sent_upto(known.events), _sent_upto(known.numbers))
        if marks != before:
            store.set_local({SETTLED: " ".join(map(str, marks))})
    return wrote or marks != before


def show_missing(register: Register) -> str:
    """Years, kinds and numbers that are not known here."""
    told = []
    for (year, kind), numbers in register.missing.items():
        few = ", ".join(show_number(number, kind) for number in numbers[:5])
        told.append(f"{few}{'…' if numbers[5:] else ''} ({year})")
    return "; ".join(told)


def _act(store: Store, register: Register, today: date, founder: bool, by: str) -> bool:
    term = register.term
    if not register.holder:
        if founder:
            _take(store, register, register.highest, by, joined=True)
        return founder
    if term is None or not (register.mine and term.settled) or register.missing:
        return False
    opening = term.upto is None
    if opening:
        upto = write_upto(register.last)
        store.insert(
            RegisterEvent(kind="opened", term=term.event.term, previous=term.event.id, upto=upto)
        )
    if register.is_too_early(today.year):
        return opening
    return _give(store, register, today, by) or opening


def _take(store: Store, register: Register, upto: Upto, by: str, *, joined: bool) -> RegisterEvent:
    return store.insert(
        RegisterEvent(
            kind="take_over" if joined else "alone",
            term=register.next_term if joined else 0,
            device=register.me if joined else "",
            upto=write_upto(upto),
            by=by,
        )
    )


def _give(store: Store, register: Register, today: date, by: str) -> bool:
    """Give a number to each request that waits."""
    waiting, last = register.waiting, dict(register.last)
    if not waiting:
        return False
    term = register.term.event if register.term else _take(store, register, {}, by, joined=False)
    for request in waiting:
        series = today.year, request.kind
        last[series] = last.get(series, 0) + 1
        store.insert(
            OfficialNumber(
                request=request.id,
                term=term.id,
                kind=request.kind,
                year=today.year,
                number=last[series],
                by=by,
            )
        )
    return True


def _too_early(register: Register, today: date) -> ThukyError:
    return ThukyError(
        N_("Đồng hồ máy này chỉ năm {year}, mà sổ đã có số của năm {later}; hãy chỉnh lại giờ."),
        year=today.year,
        later=max(year for year, _ in register.last),
    )


def _sent_upto(rows: "list[Stamped[RegisterEvent]] | list[Stamped[OfficialNumber]]") -> int:
    """The last `seq` up to which all are out of this machine."""
    last = 0
    for stamped in rows:
        if not stamped.sent:
            break
        last = stamped.row.seq
    return last


def _marks(store: Store) -> _Marks:
    marks = [int(word) for word in store.local(SETTLED).split()]
    return (marks[0], marks[1], marks[2], marks[3]) if len(marks) == 4 else (0, 0, 0, 0)
