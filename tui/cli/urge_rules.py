"""thuky urge rules: list, add, set, remove."""

from dataclasses import replace

from office.urging_rules import keep_rule, rules_of
from schema.errors import N_
from schema.records import UrgingRule
from tui.cli.command import Argument, Group, command, fields
from tui.cli.desk import Desk

rules = Group("rules", N_("Quy tắc đôn đốc: khi nào nhắc ai, bao lâu nhắc lại."), usual="list")
ID = Argument("id", N_("MÃ"))
COLUMNS = ("kind", "days", "every", "whom", "active")


@command(rules, "list", N_("Liệt kê các quy tắc đôn đốc."))
def list_(desk: Desk) -> None:
    desk.rows(UrgingRule, rules_of(desk.store), *COLUMNS)


@command(rules, "add", N_("Thêm một quy tắc đôn đốc."), fields(UrgingRule, "kind"))
def add(desk: Desk, cells: dict[str, str]) -> None:
    kept = keep_rule(desk.store, UrgingRule(**desk.read(UrgingRule, cells)))
    desk.done(kept, N_("Đã thêm quy tắc đôn đốc."))


@command(
    rules, "set", N_("Sửa một quy tắc, hoặc cho nó nghỉ (--active 0)."), ID, fields(UrgingRule)
)
def set_(desk: Desk, id: str, cells: dict[str, str]) -> None:
    with desk.store.transaction():
        old = _rule(desk, id)
        kept = keep_rule(desk.store, replace(old, **desk.read(UrgingRule, cells)))
    desk.done(kept, N_("Đã sửa quy tắc đôn đốc."))


@command(rules, "remove", N_("Bỏ một quy tắc."), ID)
def remove(desk: Desk, id: str) -> None:
    kept = desk.store.delete(UrgingRule, _rule(desk, id).id)
    desk.done(kept, N_("Đã bỏ quy tắc đôn đốc."))


def _rule(desk: Desk, id: str) -> UrgingRule:
    """Those that come with the program have words as ids, of which a start is enough."""
    known = rules_of(desk.store)
    named = [r for r in known if r.id == id] or [r for r in known if id and r.id.startswith(id)]
    return named[0] if len(named) == 1 else desk.row(UrgingRule, id)
