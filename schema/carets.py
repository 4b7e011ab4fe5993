"""Where people's cursors are in texts that are open now. Rows of this machine's own, not synced.

Public entrance: `Caret`, `put`, `drop`, `carets`, `hear`. A caret that nobody renews for
`STALE_SECONDS`, as of a process that was killed, counts no more.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from schema.database import explained
from schema.store import Store

STALE_SECONDS = 180
# Whoever has a text open says so again this often, also where nothing moves.
RENEW_SECONDS = 60
_FRESH = f"abs(at - :now) <= {STALE_SECONDS}"


@dataclass(frozen=True, slots=True)
class Caret:
    """Somebody's cursor, at `anchor` of a text (see `schema.document.Document.anchor`).

    `id` is of the process that has the text open. `device` is where that runs, nothing for this
    machine.
    """

    id: str
    text: str
    anchor: bytes
    name: str
    device: str = ""


def put(store: Store, caret: Caret) -> None:
    """Say where one's cursor is, from now on in place of where it was; old ones are removed."""
    with store.transaction():
        now = int(store.clock())
        _insert(store, caret, now)
        store.connection.execute(f"DELETE FROM caret WHERE NOT ({_FRESH})", {"now": now})


def drop(store: Store, id: str) -> None:
    """Say that the text is closed."""
    with store.transaction():
        store.connection.execute("DELETE FROM caret WHERE id = ?", (id,))


def hear(store: Store, device: str, carets: Sequence[Caret], at: float) -> None:
    """Keep what another device said at `at` (this machine's clock) of all its carets."""
    with store.transaction():
        store.connection.execute("DELETE FROM caret WHERE device = ?", (device,))
        for caret in carets:
            _insert(store, caret, int(at))


def forget_others(store: Store) -> None:
    """Other devices say nothing any more."""
    with store.transaction():
        store.connection.execute("DELETE FROM caret WHERE device <> ''")


def carets(store: Store, text: str | None = None) -> list[Caret]:
    """The cursors in a text, or in all, those of this machine too."""
    with explained(store.path):
        rows = store.connection.execute(
            "SELECT id, text, anchor, name, device FROM caret"
            f" WHERE (text = :text OR :text IS NULL) AND {_FRESH} ORDER BY id",
            {"text": text, "now": int(store.clock())},
        )
        return [Caret(*row) for row in rows]


def _insert(store: Store, caret: Caret, at: int) -> None:
    store.connection.execute(
        "INSERT INTO caret (id, text, anchor, name, device, at) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (id) DO UPDATE SET text = excluded.text, anchor = excluded.anchor,"
        " name = excluded.name, device = excluded.device, at = excluded.at",
        (caret.id, caret.text, caret.anchor, caret.name, caret.device, at),
    )
