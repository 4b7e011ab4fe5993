"""Keep the English catalog in step with the Vietnamese words of the program.

`python -m tools.words` renews thuky.po and thuky.mo from the code, keeping the English there is.
`python -m tools.words --check` changes nothing, and fails where that would change something.
Both fail, with a line for each, on words without English, on a `{field}` that only one language
has, and on Vietnamese that would reach the screen untranslated.
"""

import re
import sys
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from tools.wordscan import scan

ROOMS = ("schema", "office", "sync", "tui")
CATALOG = Path("tui/locale/en/LC_MESSAGES/thuky.po")


class English(Catalog):
    """A catalog whose file depends on its words alone: no date, no version of a tool."""

    mime_headers = [  # noqa: RUF012 - a property in the class above
        ("Language", "en"),
        ("MIME-Version", "1.0"),
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Content-Transfer-Encoding", "8bit"),
        ("Plural-Forms", "nplurals=2; plural=(n != 1);\n"),
    ]

    def __init__(self) -> None:
        super().__init__(
            locale="en", fuzzy=False, header_comment="# English for Thư Ký. Renew: ./check words"
        )


def main(root: Path, *, check: bool) -> int:
    """Renew or check the catalog of the program at `root`; 1 when a person has something to do."""
    msgids, problems = scan(
        (path for room in ROOMS for path in sorted((root / room).rglob("*.py"))), root / "tui"
    )
    problems = [f"not in _() or N_(): {place}" for place in problems]
    po = root / CATALOG
    english = translations(po.read_bytes() if po.exists() else b"")
    catalog = English()
    for msgid in sorted(msgids):
        words = english.get(msgid, "")
        catalog.add(msgid, words)
        if not words:
            problems.append(f"no English: {msgid!r}")
        elif fields(words) != fields(msgid):
            problems.append(f"fields differ: {msgid!r} {words!r}")
    for path, content in ((po, po_bytes(catalog)), (po.with_suffix(".mo"), mo_bytes(catalog))):
        if path.exists() and path.read_bytes() == content:
            continue
        if check:
            problems.append(f"stale, run ./check words: {path}")
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


def translations(po: bytes) -> dict[str, str]:
    """The English of each msgid in the text of a .po file."""
    return {
        message.id: message.string
        for message in read_po(BytesIO(po), locale="en")
        if isinstance(message.id, str) and isinstance(message.string, str)
    }


def fields(text: str) -> set[str]:
    """The names in braces."""
    return set(re.findall(r"{(\w+)", text))


def po_bytes(catalog: Catalog) -> bytes:
    file = BytesIO()
    write_po(file, catalog, width=0)
    return file.getvalue()


def mo_bytes(catalog: Catalog) -> bytes:
    file = BytesIO()
    write_mo(file, catalog)
    return file.getvalue()


if __name__ == "__main__":
    sys.exit(main(Path(), check="--check" in sys.argv[1:]))
