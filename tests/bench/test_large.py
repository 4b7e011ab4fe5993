"""The benchmarks' ten years are an office like any other, only larger."""

from pathlib import Path

from bench.large import build
from schema.doctor import examine
from schema.records import Followup, Meeting, Text
from schema.store import Store


def test_it_has_what_was_asked_for_and_nothing_is_wrong_with_it(tmp_path: Path) -> None:
    build(tmp_path / "thuky.db", meetings=15, followups=100)
    with Store(tmp_path / "thuky.db") as store:
        assert store.count(Meeting) == store.count(Text) == 15
        assert store.count(Followup) == 100
        assert store.count(Followup, "state = 'done'") > 50
        starts = [meeting.starts_at[:4] for meeting in store.live(Meeting, "1 ORDER BY starts_at")]
        assert (starts[0], starts[-1]) == ("2016", "2025")
        assert examine(store) == []
