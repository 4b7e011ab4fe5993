"""Files made for one person: whole or not at all.

Public entrance: `new_folder`, `new_file`, `write_lines`.
"""

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from schema.errors import N_, ThukyError


@contextmanager
def new_folder(folder: Path) -> Iterator[Path]:
    """A folder under another name (mode 0700), which becomes `folder` when the block ends well.

    Raises ThukyError where `folder` holds something or it cannot be written; nothing is left then.
    """
    folder = Path(os.path.realpath(folder))
    try:
        if folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
            raise ThukyError(
                N_("{folder} không phải thư mục trống. Chưa ghi gì; hãy chọn thư mục mới."),
                folder=folder,
            )
        draft = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
        try:
            yield draft
            if folder.exists():
                folder.rmdir()
            draft.rename(folder)
        except BaseException:
            shutil.rmtree(draft, ignore_errors=True)
            raise
    except OSError as error:
        raise ThukyError(
            N_("Không ghi được vào {folder} ({reason}). Chưa ghi gì; hãy chọn thư mục khác."),
            folder=folder,
            reason=error.strerror,
        ) from error


@contextmanager
def new_file(path: Path) -> Iterator[Path]:
    """A file beside `path` (mode 0600), which gets its name when the block ends well.

    Raises ThukyError where there is one of that name or it cannot be written; nothing is left then.
    """
    path = Path(os.path.realpath(path))
    try:
        _refuse(path)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
        os.close(handle)
        draft = Path(name)
        try:
            yield draft
            _publish(draft, path)
        finally:
            draft.unlink(missing_ok=True)
    except OSError as error:
        raise ThukyError(
            N_("Không ghi được tệp {path} ({reason}). Chưa ghi gì; hãy chọn chỗ khác."),
            path=path,
            reason=error.strerror,
        ) from error


def _publish(draft: Path, path: Path) -> None:
    """Give the finished file its name, unless somebody else has taken it by now."""
    try:
        os.link(draft, path)
    except FileExistsError:
        _refuse(path)
    except OSError:
        # No hard links on this file system.
        _refuse(path)
        draft.rename(path)


def _refuse(path: Path) -> None:
    if os.path.lexists(path):
        raise ThukyError(
            N_("Đã có {path}; không ghi đè lên. Chưa ghi gì; hãy chọn tên khác."), path=path
        )


def write_lines(path: Path, lines: Iterable[str]) -> int:
    """Write a new file (mode 0600) through to the disk. Returns the number of lines."""
    count = 0
    path.touch(0o600, exist_ok=False)
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for line in lines:
            file.write(f"{line}\n")
            count += 1
        file.flush()
        os.fsync(file.fileno())
    return count
