"""What every command accepts, before or after its own words: --db, --json, --lang.

It is read here and not by click, which takes longer to import than the app may take to open.
"""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from schema.errors import N_, ThukyError
from tui.words import LANGUAGES

HELP = ("-h", "--help")
# Set by the shell when it wants to know how a command line may go on.
COMPLETING = "_THUKY_COMPLETE"


class WrongUsage(ThukyError):
    """The command line itself cannot be understood."""


class Common(NamedTuple):
    """The database (None: the usual one), whether a program reads the output, the language."""

    db: str | None = None
    json: bool = False
    lang: str = ""

    def path(self) -> Path:
        """Where the database is; the platform's own folder for it is made when it is missing."""
        given = self.db or os.environ.get("THUKY_DB")
        if given:
            return Path(given).expanduser()
        return data_folder() / "thuky.db"


def data_folder() -> Path:
    """The platform's own folder for the program's data, made when it is missing.

    Raises ThukyError where that cannot be done.
    """
    from platformdirs import user_data_path

    folder = user_data_path("thuky", appauthor=False)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise ThukyError(
            N_("Không tạo được thư mục {folder} ({reason}); hãy chọn tệp khác bằng --db."),
            folder=folder,
            reason=error.strerror,
        ) from error
    return folder


def split(arguments: Sequence[str]) -> tuple[Common, list[str]]:
    """Take the common options out of a command line. Raises WrongUsage."""
    db, json, lang = None, False, ""
    rest: list[str] = []
    left = [_decoded(argument) for argument in reversed(arguments)]
    while left:
        argument = left.pop()
        name, equals, value = argument.partition("=")
        if argument == "--":
            rest += [argument, *reversed(left)]
            break
        if argument == "--json":
            json = True
        elif name in ("--db", "--lang"):
            if not equals:
                value = left.pop() if left else ""
            if not value or "\0" in value:
                raise WrongUsage(N_("Tùy chọn {name} cần một giá trị."), name=name)
            if name == "--db":
                db = value
            elif value in LANGUAGES:
                lang = value
            else:
                raise WrongUsage(
                    N_("Không có ngôn ngữ {code}; chọn một trong: {codes}."),
                    code=value,
                    codes=", ".join(LANGUAGES),
                )
        else:
            rest.append(argument)
    return Common(db, json, lang), rest


def _decoded(argument: str) -> str:
    """`argument` as the UTF-8 that it was typed in, also where the locale says otherwise."""
    if argument.isascii():
        return argument
    try:
        return os.fsencode(argument).decode()
    except UnicodeError:
        return argument
