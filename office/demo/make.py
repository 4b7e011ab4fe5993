"""Putting a sample office into a folder, whole or not at all. Public entrance: `make`."""

import os
import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from schema.errors import N_, ThukyError

NAME = "thuky.db"


def make(folder: Path, build: Callable[[Path], dict[str, int]]) -> tuple[Path, dict[str, int]]:
    """Let `build` make a database beside its place in `folder`, and give it its name when done.

    Returns its path and what `build` returned. Raises ThukyError where there is one already or the
    folder cannot be written; then everything there is as it was. A kill leaves a hidden folder.
    """
    made = not folder.exists()
    place = folder / NAME
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _refuse(place)
        draft = Path(tempfile.mkdtemp(prefix=".thuky-demo-", dir=folder))
        try:
            counts = build(draft / NAME)
            _publish(draft / NAME, place)
        except ThukyError as error:
            if "path" in error.fields:
                error.fields["path"] = place
            raise
        finally:
            shutil.rmtree(draft, ignore_errors=True)
            if made:
                with suppress(OSError):
                    folder.rmdir()
    except OSError as error:
        raise ThukyError(
            N_("Không dựng được văn phòng mẫu ở {folder} ({reason}). Hãy chọn thư mục khác."),
            folder=folder,
            reason=error.strerror,
        ) from error
    return place, counts


def _refuse(place: Path) -> None:
    # A log without its file is the remains of another database, which would be poured into this.
    for found in (place, place.with_name(f"{NAME}-wal")):
        if os.path.lexists(found):
            raise ThukyError(
                N_(
                    "Đã có {found}; không ghi đè lên. Để mở: thuky --db {path}. Để dựng văn phòng "
                    "mẫu khác: thuky demo --dir THƯ_MỤC_KHÁC."
                ),
                found=found,
                path=place,
            )


def _publish(draft: Path, place: Path) -> None:
    """Give the finished file its name, unless somebody else has taken it by now."""
    try:
        os.link(draft, place)
    except FileExistsError:
        _refuse(place)
    except OSError:
        # No hard links on this file system.
        _refuse(place)
        draft.rename(place)
