"""thuky letterhead: show, set."""

from dataclasses import asdict

from office.papers.letterhead import WORDS, set_letterhead
from office.papers.letterhead import letterhead as of_office
from schema.errors import N_
from tui.cli.command import Group, Option, command
from tui.cli.desk import Desk
from tui.cli.fields import one_line
from tui.cli.table import details
from tui.words import _

letterhead = Group(
    "letterhead",
    N_("Đầu và cuối văn bản của cơ quan: tên cơ quan, ký hiệu, địa danh, người ký, nơi nhận."),
    usual="show",
)


@command(letterhead, "show", N_("Xem đầu và cuối văn bản của cơ quan."))
def show(desk: Desk) -> None:
    cells = asdict(of_office(desk.store))
    if desk.common.json:
        desk.json(cells)
    else:
        desk.say(details([(_(WORDS[name]), "; ".join(cells[name].split("\n"))) for name in cells]))


@command(
    letterhead,
    "set",
    N_("Sửa đầu và cuối văn bản; dấu chấm phẩy ngăn các dòng, rỗng là bỏ."),
    [Option(f"--{name}", words, N_("CHỮ")) for name, words in WORDS.items()],
)
def set_(desk: Desk, **cells: str | None) -> None:
    said = {name: one_line(text) for name, text in cells.items() if text is not None}
    facts = asdict(set_letterhead(desk.store, said))
    desk.answer(
        facts,
        N_("Đã ghi đầu và cuối văn bản của {office}."),
        office=facts["issuer"].replace("\n", " "),
    )
