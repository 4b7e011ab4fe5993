"""Whose papers they are: what stands at the head and the foot of each, the same on every machine.

Public entrance: `Letterhead`, `letterhead`, `set_letterhead`. What the office has not said is as a
provincial People's Committee has it, so that a first paper can be made at once.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields

from schema.errors import N_, ThukyError
from schema.settings import office_setting, set_office_setting
from schema.store import Store

_SETTING = "paper."
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Of several lines: `issuer`, `capacity` (of who signs), `copies` (Nơi nhận, but for "Như trên"
    and what is filed). `symbol` follows the number (UBND-TH), `filed` is who keeps a copy."""

    parent: str = ""
    issuer: str = "Ủy ban nhân dân\ntỉnh Phú Thọ"
    symbol: str = "UBND-TH"
    place: str = "Phú Thọ"
    capacity: str = "TL. Chủ tịch\nChánh Văn phòng"
    signer: str = ""
    copies: str = "Chủ tịch, các PCT UBND tỉnh (để b/c)\nLãnh đạo Văn phòng UBND tỉnh"
    filed: str = "VT, TH"

    @property
    def office(self) -> str:
        """The issuing agency in one line: Ủy ban nhân dân tỉnh Phú Thọ."""
        return " ".join(self.issuer.split())


WORDS = {
    "parent": N_("Chủ quản"),
    "issuer": N_("Cơ quan"),
    "symbol": N_("Ký hiệu"),
    "place": N_("Địa danh"),
    "capacity": N_("Chức vụ ký"),
    "signer": N_("Người ký"),
    "copies": N_("Nơi nhận"),
    "filed": N_("Lưu"),
}
"""What each is called."""


def letterhead(store: Store) -> Letterhead:
    usual = Letterhead()
    return Letterhead(
        **{
            f.name: office_setting(store, _SETTING + f.name, getattr(usual, f.name))
            for f in fields(usual)
        }
    )


def set_letterhead(store: Store, cells: Mapping[str, str]) -> Letterhead:
    """Write what is said otherwise from now on; several lines may be given with `;` between them.
    Raises ThukyError, with nothing written, where the issuing agency is missing or a text too
    long."""
    said = {name: _lines(text) for name, text in cells.items() if name in WORDS}
    for name, text in said.items():
        if len(text) > _LONGEST:
            raise ThukyError(
                N_("“{name}” dài quá {most} chữ; chưa ghi gì."), name=WORDS[name], most=_LONGEST
            )
    if not said.get("issuer", "-"):
        raise ThukyError(N_("Văn bản phải có cơ quan ban hành; chưa ghi gì."))
    before = asdict(letterhead(store))
    with store.transaction():
        for name, text in said.items():
            if text != before[name]:
                set_office_setting(store, _SETTING + name, text)
    return letterhead(store)


def _lines(text: str) -> str:
    lines = (" ".join(line.split()) for line in text.replace(";", "\n").splitlines())
    return "\n".join(filter(None, lines))
