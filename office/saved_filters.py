"""Filters that have a name, with the layout of what they find: those that everybody has, and those
that the office has saved.

Public entrance: `named_filters`, `save`, `rename`, `called`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from schema.errors import N_, NotFound, ThukyError
from schema.records import SavedFilter
from schema.store import Store
from schema.viet import fold

SCOPE = "followup"
OPEN = "tt:mở"
"""What is asked for until somebody asks for something else."""

BUILT_IN = (
    (N_("Đang mở"), OPEN, ""),
    (N_("Quá hạn"), 'tt:"quá hạn"', ""),
    (N_("Quá hạn theo đơn vị"), 'tt:"quá hạn"', "group:unit"),
    (N_("Sắp đến hạn"), 'tt:"sắp đến hạn"', ""),
    (N_("Đến hạn tuần này"), 'tt:mở hạn:"tuần này"', ""),
    (N_("Đến hạn tuần sau"), 'tt:mở hạn:"tuần sau"', ""),
    (N_("Chờ xác nhận"), "tt:chờ", ""),
    (N_("Im lặng sau khi giao"), 'tt:"im lặng"', "group:unit"),
    (N_("Đã gia hạn"), 'tt:mở đã:"gia hạn"', ""),
    (N_("Bị trả lại"), 'tt:mở đã:"trả lại"', ""),
    (N_("Theo lãnh đạo phụ trách"), OPEN, "group:leader"),
    (N_("Theo lĩnh vực"), OPEN, "group:field"),
    (N_("Theo tuần đến hạn"), OPEN, "group:week"),
    (N_("Bảng theo trạng thái"), "", "form:board"),
    (N_("Lịch thời hạn"), OPEN, "form:month"),
    (N_("Thiếu điểm rõ"), 'tt:mở thiếu:"chủ trì",việc,hạn,"sản phẩm"', ""),
    (N_("Chưa có thời hạn"), "tt:mở thiếu:hạn", ""),
    (N_("Xong muộn"), 'tt:"xong muộn"', ""),
    (N_("Mốc của đề án"), "tt:mở vai:mốc", ""),
    (N_("Tất cả"), "", ""),
)
"""Names (msgids), queries and layouts."""


@dataclass(frozen=True, slots=True)
class NamedFilter:
    """`id` is nothing for one that is built in; then `name` is a msgid."""

    name: str
    query: str
    view: str = ""
    id: str = ""


def named_filters(store: Store) -> list[NamedFilter]:
    """The saved ones in their order, then the built-in ones."""
    return [NamedFilter(f.name, f.query, f.view, f.id) for f in saved(store)] + [
        NamedFilter(name, query, view) for name, query, view in BUILT_IN
    ]


def saved(store: Store) -> Sequence[SavedFilter]:
    return store.live(SavedFilter, "scope = ? ORDER BY position, name, id", SCOPE)


def save(store: Store, name: str, query: str, view: str = "") -> SavedFilter:
    """Keep a query and a layout under a name; one of that name, marks and case aside, is changed.

    Raises ThukyError where the name is empty.
    """
    name = _checked(name)
    with store.transaction():
        for known in saved(store):
            if fold(known.name) == fold(name):
                return store.update(SavedFilter, known.id, name=name, query=query, view=view)
        position = max((f.position for f in saved(store)), default=0.0) + 1
        new = SavedFilter(name=name, scope=SCOPE, query=query, view=view, position=position)
        return store.insert(new)


def rename(store: Store, id: str, name: str) -> SavedFilter:
    """Raises ThukyError where the name is empty, or another filter has it."""
    name = _checked(name)
    with store.transaction():
        if any(fold(f.name) == fold(name) and f.id != id for f in saved(store)):
            raise ThukyError(N_("Đã có bộ lọc tên “{name}”; hãy chọn tên khác."), name=name)
        return store.update(SavedFilter, id, name=name)


def called(store: Store, name: str) -> SavedFilter:
    """The saved filter of that name, or whose id starts so. Raises NotFound."""
    wanted = fold(" ".join(name.split()))
    for known in saved(store):
        if fold(known.name) == wanted or (len(wanted) >= 8 and known.id.startswith(wanted)):
            return known
    raise NotFound(N_("Không có bộ lọc nào tên “{name}”."), name=name)


def _checked(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise ThukyError(N_("Bộ lọc cần một cái tên."))
    return name
