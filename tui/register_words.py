"""The register of official numbers in words."""

from typing import TYPE_CHECKING

from schema.errors import N_
from schema.records import OfficialNumber, RegisterEvent
from tui.numbering import Members
from tui.words import _

if TYPE_CHECKING:
    from office.register import Register

STANDINGS = {
    "official": "",
    "unsettled": N_("chờ các máy xác nhận"),
    "void": N_("không còn giá trị"),
    "outside": N_("cấp ngoài sổ này"),
}


def holder_words(now: "Register", known: Members) -> str:
    """Where the register is."""
    if not now.joined:
        return _("máy này, làm việc một mình")
    if not now.holder:
        return _("chưa có máy nào giữ")
    words = known.name(now.holder)
    if now.mine:
        words = _("máy này ({name})").format(name=words)
    if now.holder in known.revoked:
        return _("{name}, đã bị loại: cần nhận sổ ở máy khác").format(name=words)
    if now.me in known.names and not now.mine and known.name(now.me) == words:
        # A copy of a database, or one that was restored, goes on under its name as a new device.
        return _("“{name}” trước khi được chép hay phục hồi: xem lại máy nào giữ").format(
            name=words
        )
    return words if now.open else _("{name}, đang nhận sổ").format(name=words)


def event_words(known: Members, event: RegisterEvent, holder: str) -> str:
    """How a term of holding began."""
    words = {
        "alone": N_("giữ sổ khi làm việc một mình"),
        "take_over": N_("máy {name} nhận sổ, không có bàn giao"),
        "hand_over": N_("bàn giao sổ cho máy {name}"),
    }[event.kind]
    if event.kind == "take_over" and event.term == 1:
        words = N_("máy {name} giữ sổ, vì đã lập thư mục chung")
    told = _(words).format(name=known.name(holder))
    return f"{told} ({event.by})" if event.by else told


def subject_of(now: "Register", number: OfficialNumber) -> str:
    request = now.requests.get(number.request or "")
    return request.subject if request else ""
