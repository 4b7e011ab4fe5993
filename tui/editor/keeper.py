"""Keeps what is typed: an update every moment of typing, written off the key's path.

Public entrance: `Keeper`. It also brings in what other processes and machines wrote.
"""

import asyncio
from collections.abc import Callable

from schema import texts
from schema.document import Document
from schema.history import Splice
from schema.store import Store
from schema.writer import Writer

# A key is on disk at most this long after it was pressed, plus the writing itself; the promise
# is 0.3 s.
KEEP_EVERY_SECONDS = 0.15


class Keeper:
    """Between one open document and the database. `position` tells where the cursor is."""

    def __init__(
        self,
        store: Store,
        writer: Writer,
        text: str,
        author: str,
        position: Callable[[], int],
    ) -> None:
        loaded = texts.load(store, text, author)
        self.document: Document = loaded.document
        self._store = store
        self._writer = writer
        self._text = text
        self._upto = loaded.upto
        self.broken = len(loaded.broken)
        """How many of the text's updates cannot be read."""
        self._position = position
        # The rows that this keeper wrote itself; the writer's thread adds to it.
        self._own: set[int] = set()
        self._timer: asyncio.TimerHandle | None = None

    @property
    def cursor(self) -> int | None:
        """Where the cursor was when the text was last left on this machine."""
        kept = self._store.local(f"cursor:{self._text}")
        return self.document.position(bytes.fromhex(kept)) if kept else None

    def note(self) -> None:
        """Something was typed: keep it soon."""
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(KEEP_EVERY_SECONDS, self.keep)

    def keep(self) -> None:
        """Hand what was typed to the writer now."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        update = self.document.pending()
        if update is None:
            return
        length = len(self.document)
        plain = self.document.text if length <= texts.PLAIN_EVERY_TIME else None
        cursor = self.document.anchor(self._position()).hex()
        upto = self._upto

        def job(store: Store) -> None:
            others = [
                row
                for row in texts.updates_since(store, self._text, upto)
                if row.seq not in self._own
            ]
            seq = texts.append(store, self._text, update)
            self._own.add(seq)
            if plain is not None and not others:
                texts.keep_plain(store, self._text, plain, seq)
            store.set_local({f"cursor:{self._text}": cursor})

        self._writer.submit(job)

    def merge(self) -> list[Splice]:
        """Take in what others wrote. Raises Unreadable where part of it is none; the rest is in."""
        rows = texts.updates_since(self._store, self._text, self._upto)
        if not rows:
            return []
        self._upto = rows[-1].seq
        others = [row.data for row in rows if row.seq not in self._own]
        if not others:
            return []
        self.keep()
        return self.document.merge(others)

    def close(self) -> None:
        """Keep the last of it, the cursor and the readable text, and join the small updates."""
        self.keep()
        cursor = self.document.anchor(self._position()).hex()

        def job(store: Store) -> None:
            store.set_local({f"cursor:{self._text}": cursor})
            texts.settle(store, self._text)

        self._writer.submit(job)
