"""Help pages, and sentences for what click finds wrong, in the person's language."""

from collections.abc import Iterable, Sequence

import click

from schema.errors import N_
from tui.arguments import HELP, WrongUsage
from tui.words import LANGUAGES, _

# Name, what it takes, what it is for.
Line = tuple[str, str, str]
COMMON: Sequence[Line] = (
    (
        "--db",
        N_("TỆP"),
        N_("cơ sở dữ liệu; mặc định là $THUKY_DB, rồi tệp của riêng bạn trên máy này"),
    ),
    ("--json", "", N_("in kết quả dạng JSON, thời điểm theo UTC")),
    ("--lang", "|".join(LANGUAGES), N_("ngôn ngữ; mặc định là $THUKY_LANG, rồi ngôn ngữ đã chọn")),
    (", ".join(HELP), "", N_("in trang này")),
)
FALLBACK = N_("Lệnh chưa đúng. Xem: {command} --help")


def write_usage(
    ctx: click.Context, formatter: click.HelpFormatter, pieces: str, words: str
) -> None:
    """How a command is called, and what it does."""
    formatter.write_usage(ctx.command_path, pieces, prefix=_("Cách dùng:") + " ")
    formatter.write_paragraph()
    formatter.write_text(_(words))


def write_lines(formatter: click.HelpFormatter, heading: str, lines: Iterable[Line]) -> None:
    rows = [(f"{name} {_(metavar)}".rstrip(), _(words)) for name, metavar, words in lines]
    if rows:
        with formatter.section(_(heading)):
            formatter.write_dl(rows)


def wrong_usage(error: click.UsageError) -> WrongUsage:
    """What click found wrong, as an error of ours."""
    command = error.ctx.command_path if error.ctx else "thuky"
    match error:
        case click.NoSuchOption():
            return WrongUsage(
                N_("Không có tùy chọn {name}. Xem: {command} --help"),
                name=error.option_name,
                command=command,
            )
        case click.MissingParameter(param=click.Parameter() as param):
            name = param.opts[-1] if isinstance(param, click.Option) else _(param.metavar or "")
            return WrongUsage(N_("Thiếu {name}. Xem: {command} --help"), name=name, command=command)
        case click.BadOptionUsage():
            flags = {opt for p in _options(error) if p.is_flag for opt in p.opts}
            words = (
                N_("Tùy chọn {name} không nhận giá trị. Xem: {command} --help")
                if error.option_name in flags
                else N_("Tùy chọn {name} cần một giá trị. Xem: {command} --help")
            )
            return WrongUsage(words, name=error.option_name, command=command)
    return WrongUsage(FALLBACK, command=command)


def _options(error: click.UsageError) -> list[click.Option]:
    params = error.ctx.command.params if error.ctx else []
    return [param for param in params if isinstance(param, click.Option)]
