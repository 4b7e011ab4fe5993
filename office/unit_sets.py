"""Many units named at once: by their type, and by what a sentence calls them (các sở, ngành)."""

import re
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from schema.records import Unit
from schema.store import Store
from schema.viet import nfc, sort_key

if TYPE_CHECKING:
    from office.known import Known

COMMUNES = ("ubnd_xa", "ubnd_phuong")
_CALLED: tuple[tuple[str, tuple[str, ...]], ...] = (
    (r"\bxã\b(?! hội)", ("ubnd_xa",)),
    (r"\bphường\b", ("ubnd_phuong",)),
    (r"\bcấp xã\b|\bđịa phương\b", COMMUNES),
    (r"\bsở\b|\bngành\b(?! dọc)", ("so_ban_nganh",)),
    (r"\bngành dọc\b", ("co_quan_khac",)),
    (r"\bphòng\b", ("phong_thuoc_van_phong",)),
)


def types_called(words: str) -> list[str]:
    """The types of units that a collective name means, such as “UBND các xã, phường”."""
    text = " ".join(nfc(words).lower().split())
    found = [type for form, types in _CALLED if re.search(form, text) for type in types]
    return list(dict.fromkeys(found))


def units_of(store: Store, types: Iterable[str]) -> list[Unit]:
    """The units of these types, in Vietnamese order; not those that were merged into others."""
    wanted = list(types)
    marks = ", ".join("?" * len(wanted))
    found = store.live(Unit, f"type IN ({marks}) AND successor IS NULL", *wanted)
    return sorted(found, key=lambda unit: sort_key(unit.name))


def types_said(sentences: Iterable[str], known: "Known", on: date) -> list[str]:
    """The types of units to which the first of these sentences with a collective lead gives a task
    (said `on` a day); none where none has one."""
    from office.names import Kind

    for sentence in filter(None, sentences):
        leads = [m.text for m in known.read(sentence, on).lead if m.kind is Kind.COLLECTIVE]
        if types := types_called(", ".join(leads)):
            return types
    return []
