"""The command `thuky`: opens the app, or hands over to the command line in `tui.cli`.

Exit codes: 0 done, 1 could not (with the reason), 2 wrong usage. Whatever goes wrong, a person
reads one sentence; a traceback goes to the log file.
"""

import os
import sqlite3
import sys
from collections.abc import Sequence

from schema.errors import N_, ThukyError
from tui import __version__
from tui.arguments import COMPLETING, Common, WrongUsage, split
from tui.cli import streams
from tui.words import insist, tell


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command line, by default this process's. Returns its exit code."""
    given = sys.argv[1:] if arguments is None else arguments
    common = Common(json="--json" in given)
    streams.prepare()
    try:
        insist("")
        common, rest = split(given)
        insist(common.lang)
        code = run(common, rest)
        streams.flush()
    except ThukyError as error:
        complain(error, common)
        return 2 if isinstance(error, WrongUsage) else 1
    except BrokenPipeError:
        # Whoever read the output has had enough.
        streams.silence(sys.stdout)
        return 0
    except KeyboardInterrupt:
        return 130
    except (SystemExit, GeneratorExit):
        raise
    except BaseException as error:
        # Loro's errors are bare BaseExceptions.
        complain(explained(error, common), common)
        return 1
    return code


def run(common: Common, rest: list[str]) -> int:
    """Import no more than what the command line asks for: the app opens without click."""
    if COMPLETING not in os.environ:
        match rest:
            case ["--version"]:
                import json

                version = json.dumps({"version": __version__})
                print(version if common.json else f"thuky {__version__}")
                return 0
            case []:
                from tui.launch import open_app

                return open_app(common)
            case ["minutes", "edit", id] if not id.startswith("-"):
                from tui.launch import open_app

                return open_app(common, id)
    from tui.cli.root import run_command

    return run_command(common, rest)


def complain(error: ThukyError, common: Common) -> None:
    from tui.graphemes import visible

    sentence = visible(tell(error))
    if common.json:
        import json

        sentence = json.dumps({"error": sentence}, ensure_ascii=False)
    streams.warn(sentence)


def explained(error: BaseException, common: Common) -> ThukyError:
    """A sentence for an error that has none; its traceback goes to the log file."""
    if isinstance(error, sqlite3.Error):
        from schema.database import explain

        return explain(error, common.path())
    from tui.log import log_error

    try:
        return ThukyError(
            N_("Thư Ký gặp lỗi ngoài dự kiến; phần đã lưu còn nguyên, chi tiết ghi ở {path}."),
            path=log_error(error),
        )
    except OSError:
        return ThukyError(
            N_("Thư Ký gặp lỗi ngoài dự kiến ({reason}); phần đã lưu còn nguyên."),
            reason=repr(error),
        )


if __name__ == "__main__":
    sys.exit(main())
