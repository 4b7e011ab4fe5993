"""Who may accept what a follow-up came to: whoever its authority point (rõ thẩm quyền) names."""

import re
from collections.abc import Sequence
from datetime import date

from office.directory import plain
from schema.records import Person, Post, Unit
from schema.store import Store
from schema.viet import fold

_SEVERAL = re.compile(r"[;,/]|\bhoặc\b")
_HEADS = re.compile(
    r"(pho )?(chu tich|tong giam doc|giam doc|chanh|truong|chu nhiem|bi thu|vien truong|cuc truong"
    r"|chi cuc truong)\b"
)
"""How the posts begin whose holders speak for their unit (folded)."""


def has_authority(authority: str, said: str, names: Sequence[str] = ()) -> bool:
    """Whether somebody who is called as was `said`, or by one of `names` (their own first), is the
    authority, which may name several. Neither case nor marks count, and of what was said the
    beginning is enough."""
    named = [folded for each in _SEVERAL.split(authority) if (folded := plain(fold(each)))]
    whole = [folded for name in (said, *names) if (folded := plain(fold(name)))]
    short, own = plain(fold(said)), plain(fold("".join(names[:1])))
    return any(
        any(a == n or n.startswith(f"{a} ") for n in whole)
        or (short and a.startswith(f"{short} "))
        or (own and a.endswith(f" {own}"))
        for a in named
    )


def names_of(store: Store, person: str | None, on: date) -> list[str]:
    """What somebody is called on a day: by name, and by the posts that they hold."""
    found = store.find(Person, person)
    if found is None:
        return []
    names, day = [found.name], on.isoformat()
    for post in store.live(Post, "person = ?", found.id):
        if (post.starts_on or "") <= day and (post.ends_on is None or day <= post.ends_on):
            unit = store.find(Unit, post.unit)
            names.append(_joined(post.title, unit.name if unit else ""))
            if unit and _HEADS.match(plain(fold(post.title))):
                names.append(unit.name)
    return names


def _joined(title: str, unit: str) -> str:
    """Chánh Văn phòng, of Văn phòng UBND tỉnh: Chánh Văn phòng UBND tỉnh."""
    words, of = title.split(), unit.split()
    for shared in range(min(len(words), len(of)), 0, -1):
        if [*map(fold, words[-shared:])] == [*map(fold, of[:shared])]:
            return " ".join([*words, *of[shared:]])
    return f"{title} {unit}"
