"""thuky register: the register of official numbers."""

from typing import TYPE_CHECKING, Any

from office.moments import show_moment
from schema.errors import N_, ThukyError
from schema.records import NumberRequest, OfficialNumber, RegisterEvent
from tui.cli.command import Argument, Group, Option, command
from tui.cli.desk import Desk
from tui.cli.table import details, table
from tui.numbering import Members, is_joined, members
from tui.numbering import register as register_of
from tui.register_words import STANDINGS, event_words, holder_words, subject_of
from tui.words import _

if TYPE_CHECKING:
    from office.register import Register, Term

register = Group("register", N_("Sổ số văn bản: xin số, xem số đã cấp, máy nào giữ sổ."))


@command(register, "status", N_("Máy nào giữ sổ, số cuối của từng loại, văn bản nào còn chờ số."))
def status(desk: Desk) -> None:
    now, known = register_of(desk.store), members(desk.store)
    facts = {
        "device": now.me,
        "holder": now.holder or None,
        "holder_name": known.name(now.holder) if now.holder else None,
        "holder_revoked": now.holder in known.revoked,
        "mine": now.mine,
        "open": now.open,
        "last": [
            {"year": year, "kind": kind, "number": number}
            for (year, kind), number in sorted(now.last.items())
        ],
        "waiting": [_request(desk, now, request) for request in now.waiting],
        "missing": [
            {"year": year, "kind": kind, "numbers": numbers}
            for (year, kind), numbers in sorted(now.missing.items())
        ],
        "void": [_number(now, number) for number in now.voided],
        "history": [_event(known, term.event, term.holder) for term in now.terms],
    }
    if desk.common.json:
        desk.json(facts)
        return
    from office.registering import show_missing

    waiting = [f"{r.kind} · {r.subject}" for r in now.waiting]
    lasts = [f"{kind} {n:02} ({year})" for (year, kind), n in sorted(now.last.items())]
    desk.say(
        details(
            [
                (_("Sổ ở"), holder_words(now, known)),
                (_("Số cuối"), ", ".join(lasts)),
                (_("Chờ số"), "; ".join(waiting)),
                (_("Chưa nhận được"), show_missing(now)),
                (_("Không còn giá trị"), ", ".join(_void(number, now) for number in now.voided)),
                *((_("Giữ sổ"), _since(known, term)) for term in now.terms),
            ]
        )
    )


@command(
    register,
    "ask",
    N_("Xin số cho một văn bản; máy giữ sổ cấp ở lần đồng bộ tới."),
    Argument("kind", N_("LOẠI")),
    Argument("subject", N_("TRÍCH_YẾU")),
)
def ask(desk: Desk, kind: str, subject: str) -> None:
    from office import registering

    store = desk.store
    request = registering.ask(
        store,
        kind,
        subject,
        desk.today,
        by=store.local("name"),
        joined=is_joined(store),
    )
    now = register_of(store)
    facts = _request(desk, now, request)
    if facts["number"]:
        desk.answer(facts, N_("Số {number} năm {year}: {subject}"))
    else:
        desk.answer(facts, N_("Đã xin số {kind} cho “{subject}”. Số có ở lần đồng bộ tới."))
    desk_holder(desk, now)


@command(
    register,
    "list",
    N_("Liệt kê các số đã cấp và các văn bản chờ số."),
    Option("--year", N_("của năm này; mặc định là năm nay"), N_("NĂM")),
    Option("--kind", N_("chỉ loại này"), N_("LOẠI")),
)
def list_(desk: Desk, year: str | None, kind: str | None) -> None:
    from office.register import parse_kind, show_number

    of = (
        _whole(year, N_("Không hiểu năm “{text}”; hãy viết như 2026.")) if year else desk.today.year
    )
    only = parse_kind(kind) if kind else None
    now = register_of(desk.store)
    numbers = [n for n in now.numbers if n.year == of and only in (None, n.kind)]
    waiting = [r for r in now.waiting if only in (None, r.kind)]
    if desk.common.json:
        given = [_number(now, number) for number in numbers]
        desk.json(given + [_request(desk, now, request) for request in waiting])
        return
    if not (numbers or waiting):
        desk.say(_("Chưa có gì."))
        return
    rows = [
        [
            show_number(n.number, n.kind),
            show_moment(n.created_at),
            subject_of(now, n),
            _(STANDINGS[now.standing(n)]),
        ]
        for n in numbers
    ]
    rows += [[f"…/{r.kind}", show_moment(r.created_at), r.subject, _("chờ số")] for r in waiting]
    desk.say(table([_("Số"), _("Lúc"), _("Trích yếu"), ""], rows))


@command(
    register,
    "hand-over",
    N_("Bàn giao sổ cho máy khác; từ lúc này máy này không cấp số nữa."),
    Argument("device", N_("MÁY")),
)
def hand_over(desk: Desk, device: str) -> None:
    from office import registering

    known = members(desk.store)
    if not known.names:
        raise ThukyError(
            N_("Máy này làm việc một mình nên giữ sổ; chưa có máy nào khác để bàn giao.")
        )
    there = {id: name for id, name in known.names.items() if id not in known.revoked}
    found = [id for id, name in there.items() if id.startswith(device.lower()) or name == device]
    if len(found) != 1 or not device:
        raise ThukyError(
            N_("Có {count} máy là “{device}”; hãy dùng mã trong thuky sync devices."),
            count=len(found),
            device=device,
        )
    event = registering.hand_over(desk.store, found[0], by=desk.store.local("name"))
    desk.answer(
        _event(known, event, found[0]),
        N_("Đã bàn giao sổ cho máy “{holder_name}”; máy ấy cấp số từ lần đồng bộ tới."),
    )


@command(
    register,
    "take-over",
    N_("Nhận sổ về máy này khi máy giữ sổ không còn dùng được nữa; ghi lại và báo cho mọi máy."),
    Option("--last", N_("số cuối đã cấp ngoài chương trình, như TB=217"), "TB=217", multiple=True),
    Option("--missing-too", N_("dù máy này chưa nhận được một số số đã cấp"), is_flag=True),
)
def take_over(desk: Desk, last: tuple[str, ...], missing_too: bool) -> None:
    from office import registering

    store = desk.store
    event = registering.take_over(
        store,
        desk.today,
        dict(map(_last, last)),
        missing_too=missing_too,
        by=store.local("name"),
        joined=is_joined(store),
    )
    facts = _event(members(store), event, register_of(store).me)
    if is_joined(store):
        desk.answer(
            facts, N_("Đã ghi là máy này nhận sổ; máy này cấp số sau khi đồng bộ trọn vẹn.")
        )
        desk.notice(
            N_(
                "Chỉ nhận sổ khi máy cũ thật sự không cấp số nữa: số mà máy cũ đã cấp nhưng chưa "
                "gửi đến đây thì không ai biết để tránh."
            )
        )
    else:
        desk.answer(facts, N_("Sổ ở máy này, tiếp theo các số đã ghi."))


def desk_holder(desk: Desk, now: "Register") -> None:
    """Say beside an answer what keeps numbers from being given."""
    known = members(desk.store)
    if now.joined and not now.holder:
        desk.notice(N_("Chưa có máy nào giữ sổ; hãy đồng bộ máy đã lập không gian làm việc."))
    elif now.holder in known.revoked:
        desk.notice(
            N_("Máy giữ sổ “{name}” đã bị loại; hãy nhận sổ ở một máy: thuky register take-over."),
            name=known.name(now.holder),
        )


def _request(desk: Desk, now: "Register", request: NumberRequest) -> dict[str, Any]:
    given = now.answers.get(request.id)
    number = _number(now, given) if given else {"number": None, "year": None, "standing": "waiting"}
    return {
        "id": None,
        **number,
        "request": request.id,
        "kind": request.kind,
        "subject": request.subject,
        "asked_at": request.created_at,
        "asked_on": now.askers.get(request.id, ""),
        "asked_by": request.by,
    }


def _number(now: "Register", number: OfficialNumber) -> dict[str, Any]:
    from office.register import show_number

    request = now.requests.get(number.request or "")
    return {
        "id": number.id,
        "number": show_number(number.number, number.kind),
        "year": number.year,
        "standing": now.standing(number),
        "request": number.request,
        "kind": number.kind,
        "subject": subject_of(now, number),
        "given_at": number.created_at,
        "asked_at": request.created_at if request else None,
        "asked_on": now.askers.get(number.request or "", ""),
        "asked_by": request.by if request else "",
    }


def _since(known: Members, term: "Term") -> str:
    at = show_moment(term.event.created_at)
    return f"{at}: {event_words(known, term.event, term.holder)}"


def _void(number: OfficialNumber, now: "Register") -> str:
    from office.register import show_number

    return f"{show_number(number.number, number.kind)} ({subject_of(now, number)})"


def _event(known: Members, event: RegisterEvent, holder: str) -> dict[str, Any]:
    return {
        "kind": event.kind,
        "holder": holder,
        "holder_name": known.name(holder),
        "at": event.created_at,
        "by": event.by,
        "after": event.upto.splitlines(),
    }


def _last(text: str) -> tuple[str, int]:
    kind, _equals, number = text.partition("=")
    words = N_("Không hiểu “{text}”; hãy viết như TB=217.")
    if not kind.strip():
        raise ThukyError(words, text=text)
    return kind, _whole(number, words, text)


def _whole(text: str, words: str, shown: str = "") -> int:
    text = text.strip()
    if not (text.isascii() and text.isdigit() and len(text) <= 6):
        raise ThukyError(words, text=shown or text)
    return int(text)
