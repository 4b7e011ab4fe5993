"""Syncing through one directory, beside what others take for the same."""

from dataclasses import dataclass

from bench import sync_folder, sync_latency, sync_volume
from bench.figure import Figure, targets
from bench.report import Record

__all__ = ["measure", "peers", "targets"]


@dataclass(frozen=True, slots=True)
class Peer(Record):
    """Ours beside the peers', each as its makers deliver it.

    They were measured in November 2026 on the machine that this is made on (2 cores): Joplin's
    command line 3.5 with its file-system target; TaskChampion 3.0, the engine of Taskwarrior, with
    a local directory; git with a bare repository in the folder; Syncthing 1.19 with one SQLite
    file in the folder. A dash is what does not apply or was not measured.
    """

    what: str
    unit: str
    ours: float
    joplin: str
    taskchampion: str
    git: str
    syncthing: str


_PEERS = {
    "minutes up": ("1,000 records up", "14.7", "0.12 (short tasks)", "0.48", "-"),
    "minutes down": ("1,000 records down", "14.9", "0.88", "0.05", "-"),
    "edit in the other's database, median": (
        *("one small edit from A to B", "3,200 (700 without process start)"),
        *("134", "100", "8,500 (1,000 tuned)"),
    ),
    "one edit": (
        *("bytes for it in the folder", "1,789, the whole note", "905,000, one file"),
        *("37,700 in 3 files", "whole blocks of the file"),
    ),
    "files for 1,000 records": ("files for 1,000 records", "1,004", "1", "20, 3 more an edit", "1"),
}


def measure(*, quick: bool = False) -> list[Figure]:
    return [
        *sync_latency.measure(quick=quick),
        *sync_folder.measure(quick=quick),
        *sync_volume.measure(quick=quick),
    ]


def peers(found: list[Figure]) -> list[Peer]:
    """Those of our figures that others have, too."""
    ours = {f.what: f for f in found}
    return [
        Peer(words, ours[what].unit, ours[what].figure, *others)
        for what, (words, *others) in _PEERS.items()
    ]
