"""thuky sync: two machines through one folder, from the first command to the last."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.schema.mounts import ROOT
from tests.tui.cli.conftest import Thuky


class Two:
    """Machine A of `thuky`'s own database, and machine B."""

    def __init__(self, thuky: Thuky, tmp_path: Path) -> None:
        self.thuky = thuky
        self.folder = tmp_path / "share"
        self.folder.mkdir()
        self.databases = {"A": tmp_path / "a.db", "B": tmp_path / "b.db"}

    def __call__(self, machine: str, *words: str) -> Any:
        return self.thuky.json(*words, "--db", str(self.databases[machine]))

    def refused(self, machine: str, *words: str) -> str:
        answer = self.thuky(*words, "--db", str(self.databases[machine]))
        assert answer.code == 1
        return answer.error

    def start(self) -> None:
        """Make the workspace of A, and let B in."""
        self("A", "sync", "init", str(self.folder), "--name", "Máy A")
        code = self("A", "sync", "invite")["code"]
        with self.joining(code) as done:
            while not done():
                self("A", "sync", "run", "--once")

    @contextmanager
    def joining(self, code: str) -> Iterator[Callable[[], bool]]:
        """B asks to be let in; tells whether it has been."""
        command = [sys.executable, "-m", "tui.main", "--db", str(self.databases["B"])]
        words = ["sync", "join", str(self.folder), "--code", code, "--name", "Máy B", "--json"]
        with closing_process([*command, *words]) as process:
            yield lambda: process.poll() is not None
            out, err = process.communicate()
            assert process.returncode == 0, err
            assert json.loads(out)["folder"] == str(self.folder)

    def meet(self) -> None:
        """Everything that either has goes to the other."""
        for machine in "ABA":
            assert self(machine, "sync", "run", "--once")["failure"] is None


@contextmanager
def closing_process(command: list[str]) -> Iterator[subprocess.Popen[str]]:
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, stdout=pipe, stderr=pipe, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


@pytest.fixture
def two(thuky: Thuky, tmp_path: Path) -> Two:
    return Two(thuky, tmp_path)


def test_what_one_machine_writes_the_other_has_and_both_prove_it(two: Two) -> None:
    two("A", "unit", "add", "--name", "Sở Y tế")
    two.start()
    id = two("B", "followup", "add", "--work", "Việc của B")["id"]
    two.meet()
    assert [unit["name"] for unit in two("B", "unit", "list")] == ["Sở Y tế"]
    assert two("A", "followup", "show", id)["work"] == "Việc của B"
    for machine in "ABAB":
        verified = two(machine, "sync", "verify")
    assert [(row["agrees"], row["differs"]) for row in verified] == [(True, None)]
    status = two("A", "sync", "status")
    assert status.keys() >= {
        *("device", "folder", "watch", "pending", "behind", "last_push", "last_pull"),
        *("conflicts", "problems"),
    }
    assert (status["pending"], status["behind"], status["problems"]) == (0, {}, [])
    checked = two("B", "sync", "check")
    assert checked["segments"] > 0
    assert checked["problems"] == []


def test_an_overwritten_value_is_listed_on_both_and_comes_back(two: Two) -> None:
    two.start()
    id = two("A", "followup", "add", "--work", "Ban đầu")["id"]
    two.meet()
    two("A", "followup", "set", id, "--product", "Kế hoạch")
    two("B", "followup", "set", id, "--product", "Báo cáo")
    two.meet()
    shown = two("A", "followup", "show", id)["product"]
    (conflict,) = two("A", "sync", "conflicts")
    assert [conflict["id"]] == [row["id"] for row in two("B", "sync", "conflicts")]
    assert {conflict["lost"], conflict["shown"]} == {"Kế hoạch", "Báo cáo"}
    assert conflict["shown"] == shown
    assert (conflict["title"], conflict["label"]) == ("Nhiệm vụ: Ban đầu", "Sản phẩm")
    two("B", "sync", "restore", conflict["id"])
    two.meet()
    assert two("A", "followup", "show", id)["product"] == conflict["lost"]
    assert two("A", "sync", "conflicts") == two("B", "sync", "conflicts") == []


def test_what_shows_may_be_kept_knowing_of_the_other(two: Two) -> None:
    two.start()
    id = two("A", "followup", "add", "--work", "Ban đầu")["id"]
    two.meet()
    two("A", "followup", "set", id, "--product", "Kế hoạch")
    two("B", "followup", "set", id, "--product", "Báo cáo")
    two.meet()
    (conflict,) = two("A", "sync", "conflicts")
    two("A", "sync", "keep", conflict["id"])
    two.meet()
    assert two("B", "sync", "conflicts") == []
    assert two("B", "followup", "show", id)["product"] == conflict["shown"]


def test_a_machine_that_was_put_out_gets_nothing_more(two: Two) -> None:
    two.start()
    two.meet()
    assert [row["name"] for row in two("A", "sync", "devices")] != []
    assert two("A", "sync", "revoke", "Máy B")["name"] == "Máy B"
    two("A", "unit", "add", "--name", "Sau khi loại")
    two("A", "sync", "run", "--once")
    answer = two.thuky("sync", "run", "--once", "--json", "--db", str(two.databases["B"]))
    assert answer.code == 1
    assert json.loads(answer.out)["failure"]
    assert "Sau khi loại" not in [unit["name"] for unit in two("B", "unit", "list")]
    assert "loại" in two.thuky.done("sync", "devices", "--db", str(two.databases["A"]))


def test_what_cannot_be_is_told_and_changes_nothing(two: Two, tmp_path: Path) -> None:
    for words in (("status",), ("run", "--once"), ("invite",), ("devices",), ("check",)):
        assert "thuky sync init" in two.refused("A", "sync", *words)
    assert "trống" in two.refused("A", "sync", "join", str(two.folder), "--code", "aaaa-bbbb-cccc")
    two("A", "sync", "init", str(two.folder))
    wrong = two.refused("B", "sync", "join", str(two.folder), "--code", "kkkk-mmmm-nnnn")
    assert "Mã mời sai" in wrong
    assert "đã thuộc" in two.refused("A", "sync", "init", str(tmp_path / "khac"))
    assert two.refused("A", "sync", "revoke", "Máy nào đó")
    assert two.refused("A", "sync", "restore", "abc")


def test_a_shared_folder_in_the_databases_own_folder_works_and_is_advised_against(
    thuky: Thuky, tmp_path: Path
) -> None:
    database, inside = tmp_path / "own" / "thuky.db", tmp_path / "own" / "shared"
    inside.mkdir(parents=True)
    answer = thuky("--db", str(database), "sync", "init", str(inside))
    assert answer.code == 0
    assert "đặt thư mục chung ở nơi khác" in answer.err
    other = tmp_path / "other" / "thuky.db"
    other.parent.mkdir()
    (tmp_path / "shared").mkdir()
    answer = thuky("--db", str(other), "sync", "init", str(tmp_path / "shared"))
    assert (answer.code, answer.err) == (0, "")


def test_a_folder_that_went_away_is_told_and_what_was_written_waits(two: Two) -> None:
    two.start()
    two.folder.rename(two.folder.with_name("away"))
    two("A", "unit", "add", "--name", "Sở Y tế")
    answer = two.thuky("sync", "run", "--once", "--json", "--db", str(two.databases["A"]))
    assert answer.code == 1
    assert json.loads(answer.out)["failure"]
    assert two("A", "sync", "status")["pending"] > 0
    two.folder.with_name("away").rename(two.folder)
    two.meet()
    assert [unit["name"] for unit in two("B", "unit", "list")] == ["Sở Y tế"]


def test_the_service_is_installed_where_systemd_looks(
    two: Two, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    two("A", "sync", "init", str(two.folder))
    told = two("A", "sync", "install-service")
    path = Path(told["path"])
    assert path == tmp_path / "config/systemd/user/thuky-sync.service"
    content = path.read_text(encoding="utf-8")
    assert content == told["content"]
    assert f'"{two.databases["A"]}" "sync" "run"' in content
