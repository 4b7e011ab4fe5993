"""A sample office is put into a folder whole or not at all."""

from pathlib import Path

import pytest

from office.demo.make import make
from schema.errors import ThukyError
from tests.schema.mounts import run_in_mount


class Build:
    """Writes a file in place of an office."""

    def __init__(self, text: bytes) -> None:
        self.text = text

    def __call__(self, path: Path) -> dict[str, int]:
        path.write_bytes(self.text)
        return {"meetings": 1}


def test_the_file_gets_its_name_when_it_is_done(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "down"
    path, counts = make(folder, Build(b"office"))
    assert (path, counts) == (folder / "thuky.db", {"meetings": 1})
    assert path.read_bytes() == b"office"
    assert list(folder.iterdir()) == [path]


@pytest.mark.parametrize("name", ["thuky.db", "thuky.db-wal"])
def test_what_is_there_already_is_never_overwritten(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"mine")
    with pytest.raises(ThukyError, match="không ghi đè"):
        make(tmp_path, Build(b"office"))
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {name: b"mine"}


def test_what_came_there_meanwhile_is_not_overwritten_either(tmp_path: Path) -> None:
    def build(path: Path) -> dict[str, int]:
        path.write_bytes(b"office")
        (tmp_path / "thuky.db").write_bytes(b"theirs")
        return {}

    with pytest.raises(ThukyError, match="không ghi đè"):
        make(tmp_path, build)
    assert (tmp_path / "thuky.db").read_bytes() == b"theirs"
    assert len(list(tmp_path.iterdir())) == 1


def test_a_build_that_fails_leaves_nothing(tmp_path: Path) -> None:
    def build(path: Path) -> dict[str, int]:
        path.write_bytes(b"half")
        raise KeyboardInterrupt

    folder = tmp_path / "new"
    with pytest.raises(KeyboardInterrupt):
        make(folder, build)
    assert not folder.exists()


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ThukyError, match="Hãy chọn thư mục khác"):
        make(tmp_path / "file" / "folder", Build(b""))


FULL_DISK = """
import json, sys
from datetime import date
from pathlib import Path
from office.demo.build import build
from office.demo.make import make
from schema.errors import ThukyError
folder = Path(sys.argv[1]) / "new"
said = ""
try:
    make(folder, lambda path: build(path, first=date(2026, 2, 2)))
except ThukyError as error:
    said = str(error)
print(json.dumps([said, folder.exists()]))
"""


def test_a_full_disk_is_told_and_leaves_nothing(tmp_path: Path) -> None:
    said, left = run_in_mount(tmp_path, 'mount -t tmpfs -o size=1m tmpfs "$1"', FULL_DISK)
    assert "Đĩa đã đầy" in said
    assert str(tmp_path / "new" / "thuky.db") in said
    assert not left
