"""Where a database file may lie: not on a network file system, where SQLite's WAL cannot work."""

import os
import re
import sys
from pathlib import Path

REMOTE = {
    "nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "afpfs", "ceph", "coda", "davfs",
    "glusterfs", "lustre", "ncpfs", "webdav",
    "fuse.sshfs", "fuse.rclone", "fuse.s3fs", "fuse.davfs2", "fuse.curlftpfs", "fuse.glusterfs",
    "fuse.gvfsd-fuse", "fuse.kio-fuse", "fuse.smbnetfs",
}  # fmt: skip
MOUNTS = Path("/proc/self/mountinfo")


def network_file_system(path: Path, mounts: Path = MOUNTS) -> str | None:
    """The type of the network file system that holds `path`, or None where it is a local one.

    Linux is asked through `mounts` (proc(5)), Windows through GetDriveTypeW. Elsewhere nothing
    is known, and nothing is refused.
    """
    if sys.platform == "win32":
        return _windows_share(path)
    kind = file_system(path, mounts)
    return kind if kind in REMOTE else None


def file_system(path: Path, mounts: Path = MOUNTS) -> str:
    """The type of the file system that holds `path`, empty where that is not known."""
    if sys.platform == "win32":
        return _windows_share(path) or ""
    try:
        lines = mounts.read_text(errors="surrogateescape").splitlines()
    except OSError:
        return ""
    where = os.path.realpath(path)
    best, kind = "", ""
    for line in lines:
        fields = line.split(" ")
        point = re.sub(r"\\(\d{3})", lambda m: chr(int(m[1], 8)), fields[4])
        inside = where == point or where.startswith(point.rstrip("/") + "/")
        # The later of two mounts on one point lies on top.
        if inside and len(point) >= len(best):
            best, kind = point, fields[fields.index("-") + 1]
    return kind


def _windows_share(path: Path) -> str | None:
    if sys.platform != "win32":
        return None
    import ctypes

    drive_remote = 4
    root = os.path.splitdrive(os.path.realpath(path))[0] + "\\"
    return "network" if ctypes.windll.kernel32.GetDriveTypeW(root) == drive_remote else None
