"""Commands as click knows them, with words in the person's language and the common options.

`@command(group, name, words, *parameters)` makes a command of a function `(desk, **parameters)`.
Words are Vietnamese msgids, translated when they are shown.
"""

from collections.abc import Callable, Sequence
from difflib import get_close_matches
from importlib import import_module
from typing import Any

import click

from schema.errors import N_
from tui.arguments import HELP, WrongUsage
from tui.cli.desk import Desk
from tui.cli.fields import given_fields
from tui.cli.help import COMMON, Line, write_lines, write_usage
from tui.words import LANGUAGES, _

Completer = Callable[[click.Context, click.Parameter, str], list[str]]


def choices(metavar: str) -> Completer | None:
    """Completion where a metavar is a choice of codes, such as `bash|zsh|fish`."""
    codes = metavar.split("|")
    if len(codes) == 1:
        return None
    return lambda ctx, param, incomplete: [c for c in codes if c.startswith(incomplete)]


class Argument(click.Argument):
    """A word that stands by itself; `metavar` is what help calls it."""

    def __init__(self, name: str, metavar: str, **attributes: Any) -> None:
        super().__init__([name], metavar=metavar, shell_complete=choices(metavar), **attributes)


class Option(click.Option):
    """An option that takes one text, or none where it `is_flag`; `words` say what it is for."""

    def __init__(self, name: str, words: str, metavar: str = "", **attributes: Any) -> None:
        super().__init__(
            name.split(), metavar=metavar, shell_complete=choices(metavar), **attributes
        )
        self.words = words

    @property
    def line(self) -> Line:
        return self.opts[0], self.metavar or "", self.words


class FieldOption(Option):
    """An option that gives the column `column` of a record."""

    column: str


def fields(record: type[Any], *required: str) -> list[click.Parameter]:
    """An option for each column of a table that a person gives."""
    options: list[click.Parameter] = []
    for field in given_fields(record):
        needed = field.column.name in required
        option = FieldOption(field.option, field.words, field.form.metavar, required=needed)
        option.column = field.column.name
        options.append(option)
    return options


class _Spoken(click.Command):
    """What commands and groups have in common."""

    words: str

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        # The common options were taken out already (tui.arguments): these are for completion.
        common: list[click.Parameter] = [
            click.Option(["--db"], type=click.Path(), expose_value=False),
            click.Option(["--json"], is_flag=True, expose_value=False),
            click.Option(["--lang"], type=click.Choice(LANGUAGES), expose_value=False),
        ]
        return [*super().get_params(ctx), *common]

    def get_short_help_str(self, limit: int = 45) -> str:
        return _(self.words)


class Command(_Spoken):
    """A command, called with its Desk."""

    def __init__(self, name: str, words: str, **attributes: Any) -> None:
        super().__init__(name, context_settings={"allow_extra_args": True}, **attributes)
        self.words = words

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        try:
            extra = super().parse_args(ctx, args)
        except click.UsageError as error:
            error.ctx = error.ctx or ctx
            raise
        if extra and not ctx.resilient_parsing:
            raise WrongUsage(
                N_("Thừa “{extra}”. Xem: {command} --help"),
                extra=" ".join(extra),
                command=ctx.command_path,
            )
        return extra

    def invoke(self, ctx: click.Context) -> int | None:
        """Run the command; it may give an exit code. The options of columns that were given come
        together, as `cells`."""
        columns = {p.name: p.column for p in self.params if isinstance(p, FieldOption)}
        given = {name: value for name, value in ctx.params.items() if name not in columns}
        if columns:
            given["cells"] = {
                columns[name]: value
                for name, value in ctx.params.items()
                if name in columns and value is not None
            }
        desk = Desk(ctx.find_root().obj)
        ctx.call_on_close(desk.close)
        assert self.callback is not None
        code: int | None = ctx.invoke(self.callback, desk, **given)
        return code

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        words = [_(p.metavar or "") for p in self.params if isinstance(p, Argument)]
        write_usage(ctx, formatter, " ".join([*words, _("[TÙY CHỌN]")]), self.words)
        options = [p for p in self.params if isinstance(p, Option)]
        write_lines(formatter, N_("Bắt buộc"), (p.line for p in options if p.required))
        write_lines(formatter, N_("Tùy chọn"), (p.line for p in options if not p.required))
        write_lines(formatter, N_("Dùng chung"), COMMON)


class Group(_Spoken, click.Group):
    """Commands under one name. `modules` says where some of them are (`module:name`), to be
    imported when they are called; `usual` is the one that is meant where none is named."""

    def __init__(
        self,
        name: str,
        words: str,
        modules: dict[str, str] | None = None,
        *,
        usual: str = "",
    ) -> None:
        super().__init__(
            name,
            context_settings={"help_option_names": list(HELP)},
            no_args_is_help=not usual,
        )
        self.words = words
        self.modules = modules or {}
        self.usual = usual

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if self.usual and (not args or (args[0].startswith("-") and args[0] not in HELP)):
            args = [self.usual, *args]
        return super().parse_args(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*self.commands, *self.modules]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if place := self.modules.get(cmd_name):
            module, _, name = place.partition(":")
            found: click.Command = getattr(import_module(module), name)
            return found
        return self.commands.get(cmd_name)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        found = self.get_command(ctx, args[0])
        if found is None and not ctx.resilient_parsing:
            names = self.list_commands(ctx)
            raise WrongUsage(
                N_("Không có lệnh “{name}”; có: {names}."),
                name=args[0],
                names=", ".join(get_close_matches(args[0], names, n=1) or names),
            )
        return args[0], found, args[1:]

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        write_usage(ctx, formatter, _("LỆNH …"), self.words)
        names = self.list_commands(ctx)
        commands = [
            (name, c.get_short_help_str()) for name in names if (c := self.get_command(ctx, name))
        ]
        write_lines(formatter, N_("Các lệnh"), ((name, "", words) for name, words in commands))
        write_lines(formatter, N_("Dùng chung"), COMMON)


def command(
    group: click.Group,
    name: str,
    words: str,
    *parameters: click.Parameter | Sequence[click.Parameter],
) -> Callable[[Callable[..., int | None]], Command]:
    """Make a function a command of `group`; it is called with the Desk and its parameters."""
    params = [p for some in parameters for p in (some if isinstance(some, Sequence) else (some,))]

    def make(function: Callable[..., int | None]) -> Command:
        made = Command(name, words, callback=function, params=params)
        group.add_command(made)
        return made

    return make
