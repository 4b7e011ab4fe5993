"""Two Syncthings on this machine that keep two directories alike. Public entrance: `replicated`.

They listen on 127.0.0.1 alone, and are told not to look for others, nor to call home.
"""

import json
import os
import re
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Self

SECONDS = 40.0
KEY = "for-this-test-alone"
CONFIGURATION = """\
<configuration version="36">
  <folder id="thuky" path="{folder}" type="sendreceive" rescanIntervalS="3600"
      fsWatcherEnabled="true" fsWatcherDelayS="1">
    {members}
    <minDiskFree unit="%">0</minDiskFree>
  </folder>
  {devices}
  <gui enabled="true" tls="false">
    <address>127.0.0.1:{gui}</address>
    <apikey>{key}</apikey>
  </gui>
  <options>
    <listenAddress>tcp://127.0.0.1:{port}</listenAddress>
    <globalAnnounceEnabled>false</globalAnnounceEnabled>
    <localAnnounceEnabled>false</localAnnounceEnabled>
    <relaysEnabled>false</relaysEnabled>
    <natEnabled>false</natEnabled>
    <stunKeepaliveStartS>0</stunKeepaliveStartS>
    <startBrowser>false</startBrowser>
    <urAccepted>-1</urAccepted>
    <crashReportingEnabled>false</crashReportingEnabled>
    <autoUpgradeIntervalH>0</autoUpgradeIntervalH>
    <reconnectionIntervalS>1</reconnectionIntervalS>
    <setLowPriority>false</setLowPriority>
    <minHomeDiskFree unit="%">0</minHomeDiskFree>
  </options>
</configuration>
"""
DEVICE = """<device id="{id}" name="{port}"><address>tcp://127.0.0.1:{port}</address></device>"""


class Syncthing:
    """One of the two; it runs from `start` until `stop`."""

    def __init__(self, home: Path, folder: Path) -> None:
        self.home, self.folder = home, folder
        self.port, self._gui = _free_port(), _free_port()
        home.mkdir()
        folder.mkdir()
        made = subprocess.run(
            ["syncthing", "generate", "--home", home],
            env=self._env,
            capture_output=True,
            text=True,
            check=True,
        )
        found = re.search(r"Device ID: ([A-Z0-9-]{63})", made.stdout + made.stderr)
        assert found, made
        self.id = found[1]
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def _env(self) -> dict[str, str]:
        path = os.environ.get("PATH", os.defpath)
        # Without the monitor that would start it again.
        return {
            "PATH": path,
            "HOME": str(self.home),
            "STMONITORED": "yes",
            "STNODEFAULTFOLDER": "1",
        }

    def know(self, all_of_them: Sequence[Self]) -> None:
        """Write down who else there is."""
        config = CONFIGURATION.format(
            folder=self.folder,
            members="".join(f'<device id="{one.id}"/>' for one in all_of_them),
            devices="".join(DEVICE.format(id=one.id, port=one.port) for one in all_of_them),
            gui=self._gui,
            port=self.port,
            key=KEY,
        )
        (self.home / "config.xml").write_text(config)

    def start(self) -> None:
        with (self.home / "log").open("ab") as log:
            self._process = subprocess.Popen(
                ["syncthing", "serve", "--home", self.home, "--no-browser", "--no-upgrade"],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=self._env,
                start_new_session=True,
            )

    def stop(self) -> None:
        if self._process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None

    def connected(self) -> bool:
        try:
            found = self._ask("system/connections")
        except OSError:
            assert self._process
            assert self._process.poll() is None, (self.home / "log").read_text()
            return False
        return any(one["connected"] for one in found["connections"].values())

    def _ask(self, what: str) -> Any:
        request = urllib.request.Request(
            f"http://127.0.0.1:{self._gui}/rest/{what}", headers={"X-API-Key": KEY}
        )
        # No proxy of the environment's has anything to do with it.
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(request, timeout=SECONDS) as answer:
            return json.load(answer)


@contextmanager
def replicated(where: Path) -> Iterator[tuple[Syncthing, Syncthing]]:
    """Two that know each other and are connected."""
    both = tuple(Syncthing(where / f"syncthing-{n}", where / f"folder-{n}") for n in "ab")
    try:
        for one in both:
            one.know(both)
            one.start()
        end = time.monotonic() + SECONDS
        while not all(one.connected() for one in both):
            assert time.monotonic() < end, (both[0].home / "log").read_text()
            time.sleep(0.05)
        yield both[0], both[1]
    finally:
        for one in both:
            one.stop()


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
