"""thuky import: a folder that was exported, a spreadsheet of follow-ups, a notice."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from office.labels import SOURCE_KINDS
from office.moments import parse_date
from schema.errors import N_, ThukyError
from tui.arguments import WrongUsage
from tui.cli import streams
from tui.cli.command import Argument, Group, Option, command
from tui.cli.desk import Desk
from tui.cli.fields import REFERENCES, coded, one_line
from tui.cli.table import table
from tui.words import _, tell

if TYPE_CHECKING:
    from office.importing.batch import Proposal
    from office.importing.rows import Given
    from office.importing.sheets import SheetBatch

SOURCE = coded(SOURCE_KINDS)
_LEAVE, _PROPOSE = "leave", "propose"
_MOST_NUMBERS = 100_000
_TOLD = 200
"""Rows that are told of one by one on a terminal."""


class _ImportGroup(Group):
    """A word that is no command is a folder, as it always was."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] in self.list_commands(ctx):
            return super().resolve_command(ctx, args)
        return super().resolve_command(ctx, ["folder", *args])


import_ = _ImportGroup(
    "import",
    N_("Nhập một bản xuất, nhiệm vụ từ bảng tính, thông báo kết luận."),
)
FILE = Argument("file", N_("TỆP"), type=click.Path())
GIVEN = (
    Option("--source", N_("nguồn của những việc không ghi nguồn"), SOURCE.metavar),
    Option("--number", N_("số văn bản giao"), N_("CHỮ")),
    Option("--issued-on", N_("ngày văn bản giao"), N_("NGÀY")),
    Option("--issuer", N_("nơi ban hành, người ra lệnh"), N_("CHỮ")),
    Option("--field", N_("lĩnh vực của những việc không ghi lĩnh vực"), N_("LĨNH_VỰC")),
    Option("--leader", N_("lãnh đạo phụ trách những việc không ghi lãnh đạo"), N_("HỌ TÊN")),
)
DRY_RUN = Option("--dry-run", N_("chỉ xem sẽ nhập gì, không ghi"), is_flag=True)


@command(
    import_,
    "folder",
    N_("Nhập lại một thư mục đã xuất, cả hoặc không gì; không ghi đè lên dữ liệu đang có."),
    Argument("folder", N_("THƯ_MỤC"), type=click.Path()),
)
def import_folder(desk: Desk, folder: str) -> None:
    from schema.exchange import import_from

    desk.answer(
        import_from(desk.store, Path(folder).expanduser()),
        N_("Đã nhập {added} dòng; {same} đã có; {kept} khác với bản đang có nên giữ bản đang có."),
    )


@command(
    import_,
    "followups",
    N_("Nhập nhiệm vụ từ bảng tính (xlsx, csv); dòng nào lỗi được nêu tên, không dòng nào mất."),
    FILE,
    DRY_RUN,
    Option("--sheet", N_("trang này, theo tên hay số thứ tự"), N_("TRANG")),
    Option("--heads", N_("tên cột ở dòng này; 0 là không có"), N_("SỐ")),
    Option(
        "--map maps",
        N_("cột này vào ô này, như C=due hay “Hạn xong=thời hạn”; ô - là bỏ"),
        N_("CỘT=Ô"),
        multiple=True,
    ),
    Option("--bad", N_("dòng lỗi: để lại, hay vẫn nêu ra với chữ gốc"), f"{_LEAVE}|{_PROPOSE}"),
    Option("--left-out", N_("ghi những dòng không nhập ra tệp này (xlsx, csv)"), N_("TỆP")),
    GIVEN,
)
def import_followups(
    desk: Desk,
    file: str,
    dry_run: bool,
    sheet: str | None,
    heads: str | None,
    maps: Sequence[str],
    bad: str | None,
    left_out: str | None,
    **given: str | None,
) -> None:
    from office.importing.sheets import SheetBatch

    if bad not in (None, _LEAVE, _PROPOSE):
        raise WrongUsage(
            N_("Không có giá trị “{text}”; chọn một trong: {codes}."),
            text=bad,
            codes=f"{_LEAVE}, {_PROPOSE}",
        )
    path = Path(file).expanduser()
    batch = SheetBatch.open(desk.store, path, desk.today, sheet or "", _given(desk, given))
    _lay_out(batch, heads, maps)
    if "work" not in batch.layout.targets:
        raise ThukyError(
            N_(
                "Không thấy cột nào ghi nội dung việc ở trang “{sheet}”. Chưa nhập gì; hãy chỉ cột,"
                " như --map B=work, hay chỉ dòng tên cột: --heads 5. Dòng đầu: {first}."
            ),
            sheet=batch.sheet.name,
            first=" | ".join(c.text for c in batch.sheet.rows[0].cells if c.text)
            if batch.sheet.rows
            else "",
        )
    for remark in batch.remarks():
        desk.notice(remark.words, **remark.fields)
    if bad == _PROPOSE:
        batch.want("bad")
    _take_in(desk, batch.proposals, batch.going_in(), dry_run=dry_run, left_out=left_out)
    if not dry_run:
        batch.remember()


@command(
    import_,
    "notice",
    N_("Nhập thông báo kết luận (.docx hay chữ thường): mỗi câu giao việc thành một nhiệm vụ."),
    Argument("file", N_("TỆP|-"), type=click.Path()),
    DRY_RUN,
    Option("--only", N_("chỉ những câu này, theo số: 1,3,5-8"), N_("SỐ")),
    GIVEN,
)
def import_notice(
    desk: Desk, file: str, dry_run: bool, only: str | None, **given: str | None
) -> None:
    from office.importing.files import load, understand
    from office.importing.notices import NoticeBatch

    said = _given(desk, given)
    name = _("đầu vào chuẩn")
    content = (
        understand(streams.read_input(), name) if file == "-" else load(Path(file).expanduser())
    )
    batch = NoticeBatch(desk.store, content, desk.today)
    head = batch.head
    batch.give(
        replace(
            head,
            number=said.number or head.number,
            issued_on=date.fromisoformat(said.issued_on) if said.issued_on else head.issued_on,
            issuer=said.issuer or head.issuer,
            kind=said.kind or head.kind,
        ),
        said.field,
        said.leader,
    )
    if only:
        batch.wanted = _numbers(only)
    for remark in batch.remarks():
        desk.notice(remark.words, **remark.fields)
    _take_in(desk, batch.proposals, batch.going_in(), dry_run=dry_run, left_out=None)


def _numbers(text: str) -> set[int]:
    """1, 3 and 5 to 8 of 1,3,5-8. Raises ThukyError."""
    found: set[int] = set()
    for part in text.split(","):
        first, dash, last = part.strip().partition("-")
        ends = (first, last if dash else first)
        if not all(end.strip().isascii() and end.strip().isdigit() for end in ends):
            raise ThukyError(N_("“{text}” không phải là số."), text=part)
        found.update(range(int(ends[0]), min(int(ends[1]), _MOST_NUMBERS) + 1))
    return found


def _lay_out(batch: "SheetBatch", heads: str | None, maps: Sequence[str]) -> None:
    from office.importing.columns import column_named, target_named

    if heads is not None:
        if not (heads.isascii() and heads.isdigit()):
            raise ThukyError(N_("“{text}” không phải là số."), text=heads)
        batch.choose_head_row(int(heads))
    layout = batch.layout
    for pair in maps:
        column, equals, target = one_line(pair).rpartition("=")
        if not equals:
            raise WrongUsage(N_("“{text}” phải có dạng CỘT=Ô, như C=due."), text=pair)
        layout = layout.having(column_named(layout, column), target_named(target))
    if maps:
        batch.lay_out(layout)


def _given(desk: Desk, given: dict[str, str | None]) -> "Given":
    from office.importing.rows import Given

    source, issued_on, field = given["source"], given["issued_on"], given["field"]
    leader = given["leader"]
    return Given(
        kind=SOURCE.read(desk, source) if source else "",
        number=one_line(given["number"] or ""),
        issued_on=parse_date(issued_on, desk.today).isoformat() if issued_on else None,
        issuer=one_line(given["issuer"] or ""),
        field=REFERENCES["field"].read(desk, field) if field else None,
        leader=desk.directory.person(leader).id if leader else None,
    )


def _take_in(
    desk: Desk,
    proposals: "Sequence[Proposal]",
    wanted: "Sequence[Proposal]",
    *,
    dry_run: bool,
    left_out: str | None,
) -> None:
    """Import what is wanted, and say what becomes of each proposal."""
    from office.importing.batch import write
    from office.importing.leftovers import write_leftovers

    going = {p.number for p in wanted}
    rest = [p for p in proposals if p.number not in going]
    ids: dict[int, str] = {}
    if not dry_run:
        with streams.progress(_("Đang nhập…"), silent=desk.common.json) as progress:
            written = write(desk.store, wanted, by=desk.store.local("name"), tell=progress)
        ids = written.rows
    if left_out:
        told = [p for p in rest if p.state not in ("known", "other")]
        write_leftovers(Path(left_out).expanduser(), told, _, tell)
    if desk.common.json:
        desk.json(
            {
                "imported": 0 if dry_run else len(ids),
                "would_import": len(wanted),
                "left_out": len(rest),
                "rows": [_json(desk, p, p.number in going, ids.get(p.number)) for p in proposals],
            }
        )
        return
    _say(desk, proposals, wanted, rest, dry_run=dry_run)


def _say(
    desk: Desk,
    proposals: "Sequence[Proposal]",
    wanted: "Sequence[Proposal]",
    rest: "Sequence[Proposal]",
    *,
    dry_run: bool,
) -> None:
    from office.importing.batch import STATES

    # What goes in without a word is only counted.
    loud = [p for p in proposals if p.told() or p in rest]
    lines = [
        [
            str(p.number),
            _(STATES[p.state]),
            p.texts.get("work") or p.texts.get("sentence", ""),
            " ".join(map(tell, p.told())),
        ]
        for p in loud[:_TOLD]
    ]
    if lines:
        desk.say(table([_("Dòng"), _("Tình trạng"), _("Việc"), _("Cần biết")], lines))
    if len(loud) > _TOLD:
        more = _("… và {count} dòng nữa; --json hay --left-out để xem hết.")
        desk.say(more.format(count=len(loud) - _TOLD))
    words = N_("Sẽ nhập {wanted} việc, để lại {rest}.")
    if not dry_run:
        words = N_("Đã nhập {wanted} việc, để lại {rest}.")
    desk.say(_(words).format(wanted=len(wanted), rest=len(rest)))


def _json(desk: Desk, proposal: "Proposal", going: bool, id: str | None) -> dict[str, Any]:
    followup = desk.facts(replace(proposal.followup, id=id or ""))
    kept = (
        *("work", "lead", "coordinating", "due", "due_text", "due_kind", "inclusive", "product"),
        *("accountable", "monitor", "authority", "field", "leader", "missing"),
    )
    source = proposal.source
    return {
        "row": proposal.number,
        "state": proposal.state,
        "goes_in": going,
        "id": id,
        "same_as": proposal.twin or None,
        "problems": [tell(fault.error) for fault in proposal.faults],
        "notes": [tell(fault.error) for fault in proposal.notes],
        "texts": {target: text for target, text in proposal.texts.items() if text},
        "followup": {name: followup[name] for name in kept},
        "source": {
            name: getattr(source, name)
            for name in ("kind", "number", "issued_on", "issuer", "excerpt")
        },
    }
