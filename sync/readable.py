"""Bringing the readable words of texts up to updates that came from elsewhere.

Public entrance: `Readable`.
"""

from collections import OrderedDict
from collections.abc import Iterable

from schema import texts
from schema.document import Document
from schema.store import Store

# How many texts stay open between rounds, so that live typing costs what is new only.
KEPT_OPEN = 4


class Readable:
    """Some open texts, each with the last of its update rows that is in it."""

    def __init__(self) -> None:
        self._open: OrderedDict[str, tuple[Document, int]] = OrderedDict()

    def bring_up(self, store: Store, names: Iterable[str]) -> None:
        """Write what each text says after all its updates."""
        for name in sorted(names):
            with store.transaction():
                self._bring_up(store, name)

    def _bring_up(self, store: Store, name: str) -> None:
        document, upto = self._open.pop(name) if name in self._open else (Document(), 0)
        rows = texts.updates_since(store, name, upto)
        if rows:
            texts.take_in(document, rows)
            upto = rows[-1].seq
        texts.keep_plain(store, name, document.text, upto)
        store.connection.execute(
            "UPDATE text SET updated_at = (SELECT max(created_at) FROM text_update WHERE text = ?)"
            " WHERE id = ?",
            (name, name),
        )
        self._open[name] = document, upto
        while len(self._open) > KEPT_OPEN:
            self._open.popitem(last=False)


def behind(store: Store) -> list[str]:
    """The texts whose readable words lack some update, as after a kill between the two."""
    rows = store.connection.execute(
        "SELECT t.id FROM text t WHERE t.plain_upto <"
        " (SELECT max(u.seq) FROM text_update u WHERE u.text = t.id)"
    )
    return [row[0] for row in rows]
