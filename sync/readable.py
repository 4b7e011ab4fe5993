"""Bringing the readable words of texts up to updates that came from elsewhere.

Public entrance: `Readable`.
"""

from collections import OrderedDict
from collections.abc import Collection

from schema import texts
from schema.document import Document, read
from schema.store import Store

# How many texts stay open between rounds, so that live typing costs what is new only.
KEPT_OPEN = 4
# So many texts are written in one transaction, so that whoever types waits for no more.
TOGETHER = 64


class Readable:
    """Some open texts, each with the last of its update rows that is in it."""

    def __init__(self) -> None:
        self._open: OrderedDict[str, tuple[Document, int]] = OrderedDict()

    def bring_up(self, store: Store, names: Collection[str]) -> None:
        """Write what each text says after all its updates."""
        live = len(names) <= KEPT_OPEN
        rest = sorted(names)
        while rest:
            portion, rest = rest[:TOGETHER], rest[TOGETHER:]
            with store.transaction():
                for name in portion:
                    if live or name in self._open:
                        self._bring_up(store, name)
                    else:
                        rows = texts.updates_since(store, name, 0)
                        upto = rows[-1].seq if rows else 0
                        _keep(store, name, read([row.data for row in rows]), upto)

    def _bring_up(self, store: Store, name: str) -> None:
        document, upto = self._open.pop(name) if name in self._open else (Document(), 0)
        rows = texts.updates_since(store, name, upto)
        texts.take_in(document, rows)
        upto = rows[-1].seq if rows else upto
        _keep(store, name, document.text, upto)
        self._open[name] = document, upto
        while len(self._open) > KEPT_OPEN:
            self._open.popitem(last=False)


def _keep(store: Store, name: str, plain: str, upto: int) -> None:
    store.connection.execute(
        "UPDATE text SET plain = ?, plain_upto = ?, updated_at ="
        " (SELECT created_at FROM text_update WHERE seq = ?) WHERE id = ? AND plain_upto <= ?",
        (plain, upto, upto, name, upto),
    )


def behind(store: Store) -> list[str]:
    """The texts whose readable words lack some update, as after a kill between the two."""
    rows = store.connection.execute(
        "SELECT t.id FROM text t WHERE t.plain_upto <"
        " (SELECT max(u.seq) FROM text_update u WHERE u.text = t.id)"
    )
    return [row[0] for row in rows]
