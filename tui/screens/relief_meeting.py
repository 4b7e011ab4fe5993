"""A meeting made from chosen follow-ups: the form of one, filled in, with its agenda shown."""

from collections.abc import Callable, Iterable, Sequence

from rich.style import Style
from textual.widget import Widget

from office.relief import KIND, Plan, carry_out, plan
from schema.errors import N_
from schema.records import Meeting
from tui.screens.meeting_form import MeetingForm
from tui.screens.page import Page
from tui.widgets.line import Lines
from tui.words import _

_MOST_SHOWN = 6


class ReliefMeeting(MeetingForm):
    """Returns the id of the meeting. Nothing is written before the person saves."""

    HELP = N_(
        "Cuộc họp tháo gỡ các việc đã chọn. Tên, loại, chương trình (mỗi việc một mục) và thành"
        " phần (người đứng đầu các đơn vị chủ trì, phối hợp) đã điền sẵn; chỉ khi lưu mới ghi."
        " Sau đó chương trình và thành phần vẫn sửa được như mọi cuộc họp."
    )

    def __init__(self, plan: Plan) -> None:
        super().__init__()
        self._draft = "draft:relief:" + ",".join(sorted(plan.followups))[:500]
        self._plan = plan

    def heading(self) -> str:
        return _("Họp tháo gỡ {n} việc").format(n=len(self._plan.followups))

    def new(self, starts_at: str) -> Meeting:
        return Meeting(title=self._plan.title, kind=KIND, starts_at=starts_at)

    def body(self) -> Iterable[Widget]:
        yield from super().body()
        yield Lines(id="relief")

    def on_mount(self) -> None:
        super().on_mount()
        agenda = self._plan.agenda
        rows = [f"   {n}. {item.title}" for n, item in enumerate(agenda[:_MOST_SHOWN], start=1)]
        if more := len(agenda) - _MOST_SHOWN:
            rows += [_("   … và {n} mục nữa").format(n=more)] if more > 0 else []
        head = _("   Chương trình: {n} mục · mời {m} đơn vị")
        told = head.format(n=len(agenda), m=len(self._plan.invited))
        lines = self.query_one("#relief", Lines)
        lines.styles.height = len(rows) + 1
        lines.show([(told, Style(bold=True)), *((row, Style()) for row in rows)])

    def _write(self, meeting: Meeting) -> Meeting:
        kept = super()._write(meeting)
        carry_out(self.office.store, kept, self._plan, by=self.office.author)
        return kept


def call_meeting(page: Page, ids: Sequence[str], then: Callable[[str | None], None]) -> None:
    """Propose a meeting on the follow-ups of these ids. Raises ThukyError where that cannot be."""
    planned = plan(page.office.store, ids, page.office.today())
    page.app.push_screen(ReliefMeeting(planned), then)
