"""What the lock files promise: every package pinned by hash, from wherever it is fetched."""

import re
import tomllib

import pytest
from packaging.requirements import Requirement

from tests.house.launching import ROOT

RUNTIME, DEV = "requirements.lock", "requirements-dev.lock"

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


def pins(lock: str) -> dict[str, tuple[str, int]]:
    """The version and the number of hashes of each package in a lock file."""
    text = re.sub(r"^#.*\n", "", (ROOT / lock).read_text(), flags=re.MULTILINE)
    found = {}
    for entry in text.replace("\\\n", "").splitlines():
        name, version, hashes = re.fullmatch(
            r"(\S+)==(\S+)(?: ; .*?)?((?: +--hash=sha256:[0-9a-f]{64})+)", entry.rstrip()
        ).groups()  # type: ignore[union-attr] # a line of another form should fail the test
        found[name] = (version, hashes.count("--hash"))
    return found


@pytest.mark.parametrize("lock", [RUNTIME, DEV])
def test_names_no_address(lock: str) -> None:
    assert not re.search(r"://|index|find-links|@ |/home|/tmp|/work", (ROOT / lock).read_text())


@pytest.mark.parametrize("lock", [RUNTIME, DEV])
def test_pins_every_package_by_hash(lock: str) -> None:
    assert pins(lock)


@pytest.mark.parametrize("name", ["loro", "watchfiles"])
def test_compiled_packages_have_a_file_for_each_system(name: str) -> None:
    pythons, systems = 3, 6  # Linux (glibc and musl) and macOS on two processors, Windows, source
    assert pins(RUNTIME)[name][1] >= pythons * systems


def test_the_development_lock_holds_the_runtime_lock() -> None:
    assert pins(RUNTIME).items() <= pins(DEV).items()


@pytest.mark.parametrize(
    ("lock", "declared"),
    [
        (RUNTIME, PROJECT["dependencies"]),
        (DEV, PROJECT["optional-dependencies"]["dev"]),
    ],
    ids=[RUNTIME, DEV],
)
def test_pins_what_the_project_declares(lock: str, declared: list[str]) -> None:
    pinned = pins(lock)
    for requirement in map(Requirement, declared):
        assert pinned[requirement.name][0] in requirement.specifier
