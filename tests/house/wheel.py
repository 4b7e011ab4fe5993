"""A package of one empty module, to install without a network."""

import hashlib
import zipfile
from pathlib import Path


def pinned_wheel(folder: Path) -> str:
    """Write the wheel of `crumb` into `folder`; the lock file that pins it."""
    wheel = folder / "crumb-1-py3-none-any.whl"
    info = "crumb-1.dist-info"
    contents = {
        "crumb.py": "",
        f"{info}/METADATA": "Metadata-Version: 2.1\nName: crumb\nVersion: 1\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = "".join(f"{name},,\n" for name in [*contents, f"{info}/RECORD"])
    with zipfile.ZipFile(wheel, "w") as archive:
        for name, text in {**contents, f"{info}/RECORD": record}.items():
            archive.writestr(name, text)
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    return f"crumb @ {wheel.as_uri()} --hash=sha256:{digest}\n"
