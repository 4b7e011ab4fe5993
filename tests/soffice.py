"""What LibreOffice makes of files: it opens each without repair and prints it to PDF.

One start serves any number of files. Where there is no LibreOffice, the test is skipped and says so
(`.ci/run` installs it).
"""

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest


def printed(files: Sequence[Path], folder: Path) -> dict[str, str]:
    """The text of each file's PDF pages, by the name of the file; a page ends with a form feed.
    The PDFs and LibreOffice's profile go into `folder`."""
    for program in ("soffice", "pdftotext"):
        if shutil.which(program) is None:
            pytest.skip(f"there is no {program} on this machine (apt-get install libreoffice)")
    profile = (folder / "profile").resolve().as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless"]
    command += ["--convert-to", "pdf", "--outdir", str(folder), *map(str, files)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return {file.name: _text(folder / f"{file.stem}.pdf") for file in files}


def _text(pdf: Path) -> str:
    command = ["pdftotext", "-layout", str(pdf), "-"]
    return subprocess.run(command, check=True, capture_output=True, timeout=60).stdout.decode()
