"""Settings of the whole office: rows by name, which every machine gets. A machine's own are in
`Store.local`."""

from schema.records import Setting
from schema.store import Store

BEFORE_INCLUSIVE = "due.before_inclusive"
"""Whether "trước ngày 15/3" includes the 15th: 1 where an office means it so."""


def office_setting(store: Store, name: str, default: str = "") -> str:
    row = store.find(Setting, name)
    return default if row is None or row.deleted_at else row.value


def set_office_setting(store: Store, name: str, value: str) -> None:
    with store.transaction():
        if store.find(Setting, name) is None:
            store.insert(Setting(id=name, value=value))
        else:
            store.update(Setting, name, value=value, deleted_at=None)
