"""What the columns of somebody's spreadsheet are: guessed from their heads, to be changed.

Public entrance: `Layout`, `layout_of`, `TARGETS`, `target_named`, `column_named`, `remember`.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from office.importing.tables import Sheet, SheetRow
from schema.errors import N_, ThukyError
from schema.store import Store
from schema.viet import fold

LEFT_OUT = ""
ORDER_NUMBER = "order"
TARGETS: Mapping[str, str] = {
    "work": N_("Việc"),
    "lead": N_("Đơn vị chủ trì"),
    "coordinating": N_("Đơn vị phối hợp"),
    "due": N_("Thời hạn"),
    "product": N_("Sản phẩm"),
    "accountable": N_("Chịu trách nhiệm"),
    "monitor": N_("Đầu mối theo dõi"),
    "authority": N_("Thẩm quyền"),
    "field": N_("Lĩnh vực"),
    "leader": N_("Lãnh đạo phụ trách"),
    "source": N_("Nguồn"),
    "number": N_("Số văn bản"),
    "issued_on": N_("Ngày văn bản"),
    "issuer": N_("Nơi ban hành, người ra lệnh"),
    "excerpt": N_("Trích"),
    ORDER_NUMBER: N_("Số thứ tự"),
}
"""What a column may fill in (msgids). The number of a row is read by nobody."""

# What such columns are called, without marks; the longer a name is the more it says.
_NAMES: Mapping[str, Sequence[str]] = {
    "work": (
        *("noi dung nhiem vu", "nhiem vu duoc giao", "nhiem vu giao", "ten nhiem vu", "nhiem vu"),
        *("noi dung cong viec", "noi dung chi dao", "noi dung giao", "noi dung", "cong viec"),
        *("viec", "task", "work"),
    ),
    "lead": (
        *("co quan chu tri", "don vi chu tri", "don vi thuc hien", "co quan thuc hien"),
        *("don vi duoc giao", "co quan duoc giao", "chu tri", "don vi", "co quan", "lead", "unit"),
    ),
    "coordinating": (
        *("co quan phoi hop", "don vi phoi hop", "phoi hop thuc hien", "phoi hop"),
        *("coordinating", "support"),
    ),
    "due": (
        *("thoi han hoan thanh", "han hoan thanh", "thoi gian hoan thanh", "thoi han thuc hien"),
        *("thoi gian thuc hien", "ngay hoan thanh", "thoi han", "han xu ly", "han", "thoi gian"),
        *("deadline", "due date", "due"),
    ),
    "product": (
        *("san pham dau ra", "san pham hoan thanh", "ket qua san pham", "san pham ket qua"),
        *("san pham", "product", "output"),
    ),
    "accountable": (
        *("nguoi chiu trach nhiem", "chiu trach nhiem", "trach nhiem", "nguoi thuc hien"),
        *("can bo thuc hien", "accountable", "responsible"),
    ),
    "monitor": (
        *("dau moi theo doi", "nguoi theo doi", "can bo theo doi", "don vi theo doi", "theo doi"),
        *("chuyen vien theo doi", "chuyen vien", "monitor"),
    ),
    "authority": ("cap co tham quyen", "tham quyen", "cap phe duyet", "nguoi ky", "authority"),
    "field": ("linh vuc", "nhom nhiem vu", "khoi", "field"),
    "leader": (
        *("lanh dao phu trach", "lanh dao chi dao", "lanh dao ubnd tinh", "nguoi chi dao"),
        *("pct phu trach", "lanh dao", "leader"),
    ),
    "source": ("nguon giao", "nguon", "loai van ban", "source"),
    "number": (
        *("so ky hieu van ban", "so ky hieu", "so van ban giao", "so van ban", "van ban giao"),
        *("van ban chi dao", "so hieu", "van ban", "can cu", "number"),
    ),
    "issued_on": (
        *("ngay ban hanh", "ngay van ban", "ngay thang van ban", "ngay thang", "ngay giao"),
        *("ngay ky", "issued on", "date"),
    ),
    "issuer": ("co quan ban hanh", "noi ban hanh", "nguoi ra lenh", "nguoi giao", "issuer"),
    "excerpt": ("trich dan", "doan trich", "ghi chu", "trich", "excerpt", "note"),
    ORDER_NUMBER: ("so thu tu", "stt", "tt", "no", "so tt"),
}
HEADS_WITHIN = 40
"""The heads stand within so many rows; above them are titles."""
_WHOLE, _START, _WITHIN = 3.0, 2.0, 1.0


@dataclass(frozen=True, slots=True)
class Layout:
    """Which row has the heads (its number; 0 where there is none), what they are, and which target
    each column has (LEFT_OUT where none)."""

    head_row: int
    heads: Sequence[str]
    targets: Sequence[str]

    def place(self, target: str) -> int:
        """The column of a target, from 0; -1 where there is none."""
        return self.targets.index(target) if target in self.targets else -1

    def having(self, place: int, target: str) -> "Layout":
        """The same, with another target for one column; no two columns have one."""
        targets = [LEFT_OUT if t == target and t else t for t in self.targets]
        targets[place] = target
        return replace(self, targets=targets)

    @property
    def left_out(self) -> list[str]:
        """The heads of the columns that fill in nothing."""
        pairs = zip(self.heads, self.targets, strict=True)
        return [head for head, target in pairs if head and target == LEFT_OUT]

    @property
    def key(self) -> str:
        """What tells a table of these heads again."""
        heads = "\n".join(map(plain, self.heads))
        return hashlib.sha256(heads.encode()).hexdigest()[:16]


def plain(text: str) -> str:
    """Without marks, case and signs, as heads are compared."""
    return " ".join("".join(c if c.isalnum() else " " for c in fold(text)).split())


def layout_of(sheet: Sheet, store: Store | None = None, head_row: int | None = None) -> Layout:
    """The layout that somebody chose for these heads before, else the likeliest one. `head_row` is
    the number of the row that has the heads, where that is known; 0 says that none has."""
    if head_row == 0:
        row = None
    elif head_row is not None:
        row = next((r for r in sheet.rows if r.number == head_row), None)
    else:
        row = _head_row(sheet)
    width = sheet.width
    heads = [row.cell(place).text if row else "" for place in range(width)]
    layout = Layout(row.number if row else 0, heads, _guess(heads))
    kept = _remembered(store).get(layout.key) if store and row else None
    if kept and len(kept) == width and all(t in TARGETS or t == LEFT_OUT for t in kept):
        return replace(layout, targets=kept)
    return layout


def remember(store: Store, layout: Layout) -> None:
    """Use this layout for tables of the same heads from now on, on this machine."""
    if not layout.head_row:
        return
    kept = _remembered(store)
    kept.pop(layout.key, None)
    kept[layout.key] = list(layout.targets)
    last = dict(list(kept.items())[-_KEPT:])
    store.set_local({_SETTING: json.dumps(last)})


_SETTING, _KEPT = "import:columns", 50


def _remembered(store: Store) -> dict[str, list[str]]:
    try:
        kept = json.loads(store.local(_SETTING) or "{}")
    except ValueError:
        return {}
    return kept if isinstance(kept, dict) else {}


def _head_row(sheet: Sheet) -> SheetRow | None:
    """The row whose cells read most like heads: of two close by that do, the one below, since heads
    may have parts of their own."""
    best, most = None, 1.5
    for row in sheet.rows[:HEADS_WITHIN]:
        if row.merged:
            continue
        found = [t for t in _guess([cell.text for cell in row.cells]) if t]
        score = len(found) + (1 if "work" in found else 0)
        alone = len(found) == 1
        if alone and not any(plain(cell.text) in _NAMES["work"] for cell in row.cells):
            continue  # a title that speaks of tasks
        close = best is not None and row.number - best.number <= 2
        if "work" in found and (score > most or (score == most and close)):
            best, most = row, score
    return best


def _guess(heads: Sequence[str]) -> list[str]:
    """A target for each head that reads like one; none is given twice."""
    scored = sorted(
        (
            (-score, place, target)
            for place, head in enumerate(heads)
            for target, score in _scores(plain(head)).items()
        ),
    )
    targets = [LEFT_OUT] * len(heads)
    for _score, place, target in scored:
        if targets[place] == LEFT_OUT and target not in targets:
            targets[place] = target
    return targets


def _scores(head: str) -> dict[str, float]:
    """How well a head names each target; nothing for a sentence, which no head is."""
    if not head or len(head) > 60:
        return {}
    scores: dict[str, float] = {}
    padded = f" {head} "
    for target, names in _NAMES.items():
        for name in names:
            if head == name:
                kind = _WHOLE
            elif padded.startswith(f" {name} "):
                kind = _START
            elif f" {name} " in padded and len(name) > 3:
                kind = _WITHIN
            else:
                continue
            score = kind + len(name) / 100
            scores[target] = max(score, scores.get(target, 0.0))
    return scores


def target_named(text: str) -> str:
    """The target that is called so, by its code or in words; LEFT_OUT for a lone -. Raises
    ThukyError."""
    wanted = plain(text)
    if text.strip() == "-":
        return LEFT_OUT
    for target, words in TARGETS.items():
        if wanted in (target.replace("_", " "), plain(words)):
            return target
    raise ThukyError(
        N_("Không có ô “{text}” để nhập vào; chọn một trong: {names}."),
        text=text,
        names=", ".join(TARGETS),
    )


def column_named(layout: Layout, text: str) -> int:
    """The column of that head, letter (C) or number (3), from 0. Raises ThukyError."""
    wanted = plain(text)
    for place, head in enumerate(layout.heads):
        if wanted and plain(head) == wanted:
            return place
    place = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else _letters(text)
    if 0 < place <= len(layout.heads):
        return place - 1
    raise ThukyError(
        N_("Không có cột “{text}”; có: {heads}."),
        text=text,
        heads=", ".join(filter(None, layout.heads)) or letters(len(layout.heads) - 1),
    )


def _letters(text: str) -> int:
    if not (text.isascii() and text.isalpha() and len(text) < 4):
        return 0
    place = 0
    for letter in text.upper():
        place = place * 26 + ord(letter) - 64
    return place


def letters(place: int) -> str:
    """What a spreadsheet calls the column at `place` from 0: A, …, Z, AA."""
    text = ""
    place += 1
    while place > 0:
        place, rest = divmod(place - 1, 26)
        text = chr(65 + rest) + text
    return text
