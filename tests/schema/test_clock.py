"""Stamps only ever rise, whatever the machine's clock does."""

import shutil
import subprocess
import time
from itertools import pairwise
from pathlib import Path

import pytest

from schema.records import Unit
from schema.store import Store

HOUR_MS = 3_600_000


def stamps(store: Store) -> list[int]:
    rows = store.connection.execute(
        "SELECT DISTINCT hlc FROM change WHERE device <> 'seed' ORDER BY seq"
    )
    return [int(row[0]) for row in rows]


def write(store: Store, times: int) -> None:
    unit = store.insert(Unit())
    for n in range(times):
        store.update(Unit, unit.id, name=str(n))


def rise(values: list[int]) -> bool:
    return all(a < b for a, b in pairwise(values))


def test_a_stamp_holds_the_milliseconds_and_a_counter(store: Store) -> None:
    before = int(time.time() * 1000)
    write(store, 1)
    after = int(time.time() * 1000) + 1
    # SQLite's own clock counts in milliseconds and may round to either side.
    assert before - 1 <= stamps(store)[0] >> 16 <= after


def test_stamps_rise_within_one_millisecond(store: Store) -> None:
    with store.transaction():
        write(store, 300)
    assert len(stamps(store)) == 301
    assert rise(stamps(store))


def test_stamps_rise_after_the_clock_stepped_back(store: Store) -> None:
    ahead = (int(time.time() * 1000) + 24 * HOUR_MS) << 16
    store.connection.execute("UPDATE clock SET hlc = ?", (ahead,))
    write(store, 3)
    assert stamps(store) == [ahead + 1, ahead + 2, ahead + 3, ahead + 4]


@pytest.mark.skipif(not shutil.which("faketime"), reason="no faketime here")
@pytest.mark.skipif(not shutil.which("sqlite3"), reason="no sqlite3 shell here")
def test_stamps_rise_when_a_process_lives_in_the_past(store: Store, path: Path) -> None:
    write(store, 1)
    command = ["faketime", "-f", "-3650d", "sqlite3", str(path), "INSERT INTO unit DEFAULT VALUES"]
    subprocess.run(command, check=True, capture_output=True)
    write(store, 1)
    assert len(stamps(store)) == 5
    assert rise(stamps(store))


def test_every_database_has_a_device_of_its_own(tmp_path: Path) -> None:
    devices = set()
    for name in ("a.db", "b.db", "c.db"):
        with Store(tmp_path / name) as store:
            devices.add(store.connection.execute("SELECT device FROM clock").fetchone()[0])
    assert len(devices) == 3
    assert all(len(device) == 16 for device in devices)
