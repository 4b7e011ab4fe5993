"""Finding follow-ups by their words, without marks, among 100,000 of them between two keys.

Public entrance: `FollowupWords`; `answering`, `meeting_titles` and `meeting_days` for
the names in them.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import compress
from threading import Thread

from schema.database import explained
from schema.errors import ThukyError
from schema.store import Store
from schema.viet import fold

_AT_ONCE = 1000


class FollowupWords:
    """What each follow-up says (its work, product and deadline), as it stands in the database.

    It is read when first asked for, some hundred milliseconds for 100,000 of them; `prepare` has
    that done beside what else goes on. Afterwards only what has changed is read again.
    """

    def __init__(self) -> None:
        self._texts: dict[int, str] = {}
        self._seen = -1
        self._all = _Some([], [])
        self._last: tuple[tuple[str, ...], _Some] | None = None
        self._reader: Thread | None = None
        self._closing = False

    def prepare(self, open_store: Callable[[], Store]) -> None:
        """Read in a thread of its own, through a store that `open_store` opens there."""

        def read() -> None:
            # What goes wrong here is told to whoever asks first.
            with suppress(ThukyError), open_store() as store:
                self._read(store)

        if self._seen < 0 and self._reader is None:
            self._reader = Thread(target=read, name="follow-ups' words", daemon=True)
            self._reader.start()

    def close(self) -> None:
        """Give up what `prepare` has begun; it may begin again."""
        self._closing = True
        self._wait()
        self._closing = False

    def matching(self, store: Store, words: Sequence[str], without: Sequence[str] = ()) -> set[int]:
        """The row numbers of the follow-ups that have all of `words`, and none of `without`; each
        is found anywhere in the text. Raises ThukyError."""
        self._wait()
        self._read(store)
        found = self._narrowed(tuple(map(fold, words)))
        for word in map(fold, without):
            found = found.keep([word not in text for text in found.texts])
        return set(found.rows)

    def _narrowed(self, words: tuple[str, ...]) -> "_Some":
        """Those that have all of these words: among the last ones, where more is asked now."""
        if self._last is None:
            self._all = _Some(list(self._texts), list(self._texts.values()))
            self._last = (), self._all
        before, found = self._last
        more = len(before) <= len(words)
        if not more or any(was not in word for was, word in zip(before, words, strict=False)):
            found = self._all
        for word in words:
            found = found.keep([word in text for text in found.texts])
        self._last = words, found
        return found

    def _wait(self) -> None:
        if self._reader is not None:
            self._reader.join()
            self._reader = None

    def _read(self, store: Store) -> None:
        """Read what has been written since the last time, or everything."""
        with explained(store.path):
            (last,) = store.connection.execute("SELECT max(seq) FROM change").fetchone()
            last = last or 0
            if last == self._seen:
                return
            changed = (
                "WHERE id IN (SELECT row FROM change WHERE tbl = 'followup' AND seq > ?)"
                if self._seen >= 0
                else "WHERE ? < 0"
            )
            rows = store.connection.execute(
                "SELECT rowid, work || char(10) || product || char(10) || due_text"
                f" FROM followup {changed}",
                (self._seen,),
            )
            while some := rows.fetchmany(_AT_ONCE):
                if self._closing:
                    return
                self._texts.update((row, fold(text)) for row, text in some)
        self._seen = last
        self._last = None


@dataclass(frozen=True, slots=True)
class _Some:
    """Row numbers, and what is said in each."""

    rows: list[int]
    texts: list[str]

    def keep(self, which: list[bool]) -> "_Some":
        return _Some(list(compress(self.rows, which)), list(compress(self.texts, which)))


def answering(store: Store) -> list[str]:
    """All that is written where somebody answers for follow-ups or watches them, each once."""
    with explained(store.path):
        rows = store.connection.execute(
            "SELECT accountable FROM followup WHERE deleted_at IS NULL"
            " UNION SELECT monitor FROM followup WHERE deleted_at IS NULL"
        )
        return [text for (text,) in rows if text]


def meeting_titles(store: Store) -> list[tuple[str, str]]:
    """Each meeting's id and title, the latest first."""
    with explained(store.path):
        return store.connection.execute(
            "SELECT id, title FROM meeting WHERE deleted_at IS NULL ORDER BY starts_at DESC, id"
        ).fetchall()


def meeting_days(store: Store, offset: str) -> dict[str, str]:
    """The day on which each meeting starts (27/02/2026), by its id.

    `offset` is that of the office's zone, as an SQLite modifier such as "+7 hours".
    """
    with explained(store.path):
        days = store.connection.execute(
            "SELECT id, coalesce(strftime('%d/%m/%Y', starts_at, ?), '')"
            " FROM meeting WHERE deleted_at IS NULL",
            (offset,),
        )
        return dict(days.fetchall())
