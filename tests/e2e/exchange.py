"""Two machines at work, each with its process that syncs.

Public entrance: `exchange`, `status`, `verified`.
"""

from pathlib import Path

from tests.e2e.office import run
from tests.e2e.running import wait_for
from tests.e2e.two import Two, add_meeting, text_at, titles, type_words


def status(db: Path) -> dict[str, object]:
    return dict(run(db, "sync", "status"))


def exchange(two: Two) -> None:
    """Rows and words arrive both ways, some at once and some in one minutes."""
    common = add_meeting(two.a, "Giao ban")
    wait_for(lambda: "Giao ban" in titles(two.b), "a row from A")
    # In session, so that it is looked at more often where nothing tells.
    run(two.a, "meeting", "start", common)
    type_words(two.b, common, "Máy B nói. ")
    wait_for(lambda: text_at(two.a, common) == "Máy B nói. ", "words from B")
    said = set()
    for number in range(5):
        for db in two.both:
            add_meeting(db, f"{db.parent.name} {number}")
            type_words(db, common, f"{db.parent.name}{number}. ")
            said |= {f"{db.parent.name}{number}"}
    for db in two.both:
        wait_for(lambda db=db: len(titles(db)) == 11, f"all rows at {db}")  # type: ignore[misc]
    for db in two.both:
        wait_for(
            lambda db=db: set(text_at(db, common).split(". ")) == {*said, "Máy B nói", ""},  # type: ignore[misc]
            f"all words at {db}",
        )
    assert text_at(two.a, common) == text_at(two.b, common)


def verified(two: Two) -> None:
    """Each says that it is the same as the other, once each has told what it holds."""
    wait_for(lambda: min(len(run(db, "sync", "verify")) for db in two.both), "what the other holds")
    for db in two.both:
        (found,) = run(db, "sync", "verify")
        assert (found["agrees"], found["differs"]) == (True, None)
