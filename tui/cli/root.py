"""The command `thuky` itself: which module holds which command, and how one is run."""

import os

import click
from click.shell_completion import shell_complete

from schema.errors import N_
from tui.arguments import COMPLETING, Common
from tui.cli import streams
from tui.cli.command import Group
from tui.cli.help import wrong_usage

thuky = Group(
    "thuky",
    N_(
        "Thư Ký: ghi biên bản trực tiếp, theo dõi kết luận. Không có lệnh nào thì mở chương trình; "
        "--version in phiên bản."
    ),
    {
        "meeting": "tui.cli.meeting:meeting",
        "agenda": "tui.cli.agenda:agenda",
        "attend": "tui.cli.attend:attend",
        "series": "tui.cli.series:series",
        "minutes": "tui.cli.minutes:minutes",
        "followup": "tui.cli.followup:followup",
        "urge": "tui.cli.urge:urge",
        "filter": "tui.cli.filter:filter_",
        "search": "tui.cli.search:search",
        "read": "tui.cli.reading:read",
        "due": "tui.cli.reading:due",
        "calendar": "tui.cli.calendar:calendar",
        "unit": "tui.cli.unit:unit",
        "person": "tui.cli.person:person",
        "field": "tui.cli.field:field",
        "letterhead": "tui.cli.letterhead:letterhead",
        "report": "tui.cli.report:report",
        "evaluate": "tui.cli.evaluate:evaluate_",
        "inspection": "tui.cli.inspection:inspection",
        "sync": "tui.cli.sync:sync",
        "register": "tui.cli.register:register",
        "demo": "tui.cli.demo:demo",
        "doctor": "tui.cli.upkeep:doctor",
        "backup": "tui.cli.upkeep:backup",
        "export": "tui.cli.upkeep:export",
        "import": "tui.cli.importing:import_",
        "completion": "tui.cli.completion:completion",
    },
)


def run_command(common: Common, arguments: list[str]) -> int:
    """Run one command line. Returns its exit code; raises WrongUsage, ThukyError."""
    if COMPLETING in os.environ:
        return shell_complete(thuky, {}, "thuky", COMPLETING, os.environ[COMPLETING])
    try:
        with thuky.make_context("thuky", arguments, obj=common) as ctx:
            return thuky.invoke(ctx) or 0
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.exceptions.NoArgsIsHelpError as error:
        streams.warn(error.format_message())
        return 2
    except click.UsageError as error:
        raise wrong_usage(error) from error
