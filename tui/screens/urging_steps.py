"""What is done from the screens of urging: papers into a new folder, marked as sent, answered."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from schema.errors import ThukyError
from tui.screens.ask_text import AskText
from tui.telling import telling
from tui.widgets.pick import Suggestion
from tui.words import _, tell

if TYPE_CHECKING:
    from office.urging_groups import Group
    from office.urging_papers import Written
    from tui.app import ThukyApp

FOLDER = "urging.folder"
"""The setting of this machine that has where papers were written last."""
_MOST_SAME = 1000


def ask_to_write(app: "ThukyApp", groups: Sequence["Group"], on: date, name: str = "") -> None:
    """Ask for a new folder, and write the papers of these groups into it meanwhile."""

    def answer(folder: Suggestion | None) -> None:
        if folder is not None:
            write(app, groups, on, Path(folder.label).expanduser())

    question = _("Ghi vào thư mục mới nào?")
    app.push_screen(AskText(question, value=str(free_folder(app, on, name))), answer)


def free_folder(app: "ThukyApp", on: date, name: str) -> Path:
    """A folder that is not there yet, beside those of earlier days."""
    from office.urging_papers import folder_name

    parent = Path(app.store.local(FOLDER) or _documents())
    first = parent / folder_name(on, name)
    numbered = (first.with_name(f"{first.name}-{n}") for n in range(2, _MOST_SAME))
    return next((path for path in (first, *numbered) if not path.exists()), first)


def _documents() -> Path:
    from platformdirs import user_documents_path

    documents = user_documents_path()
    return documents if documents.is_dir() else Path.home()


def write(app: "ThukyApp", groups: Sequence["Group"], on: date, folder: Path) -> None:
    from office.urging_papers import write_papers

    def done(written: "Written | ThukyError") -> None:
        if isinstance(written, ThukyError):
            app.say(tell(written), error=True)
            return
        with telling(app):
            app.store.set_local({FOLDER: str(written.folder.parent)})
        # The folder's name may be long: it comes last.
        words = [_("Đã ghi {n} tệp vào {folder}.").format(n=len(written.files), folder=folder)]
        if written.addressless:
            names = ", ".join(written.addressless)
            words.insert(0, _("Địa chỉ thư của {names} không dùng được.").format(names=names))
        if written.kept:
            words.insert(0, _("{n} việc có dấu mật không đưa vào.").format(n=written.kept))
        app.say(" ".join(words), error=bool(written.addressless))

    app.say(_("Đang ghi công văn…"))
    app.aside(lambda store: write_papers(store, folder, groups, on), done)


def ask_to_mark(app: "ThukyApp", group: "Group", on: date) -> None:
    """Ask for the letter's number, and note that all of a group was urged by it on that day."""

    def answer(number: Suggestion | None) -> None:
        if number is not None:
            with telling(app):
                mark(app, group, on, number.label)

    question = _("Đã gửi {n} việc; số công văn (có thể để trống)?").format(n=len(group.items))
    app.push_screen(AskText(question, optional=True), answer)


def mark(app: "ThukyApp", group: "Group", on: date, number: str) -> None:
    from office import followups
    from office.urged import mark_urged, sent_of
    from office.urging_tasks import tasks

    store, by = app.store, app.author
    sent = [
        s for t in tasks(store, group.items) for s in sent_of(t.item, t.followup.id, group.kind)
    ]
    marked = mark_urged(
        store, sent, on, by=by, number=number, issued_on=on if number.strip() else None
    )
    words = _("Đã ghi {n} lần đôn đốc.").format(n=len(marked.events))
    if marked.again:
        words += " " + _("{n} lần khác đã ghi trong ngày.").format(n=marked.again)

    def take_back() -> None:
        with store.transaction():
            for event in marked.events:
                followups.undo(store, event, by=by)

    if marked.events:
        app.trash.note(take_back, marked.events[0].followup or "", words)
        words += " " + _("u: rút lại.")
    app.changed()
    app.say(words)


def ask_for_answer(app: "ThukyApp", followup: str) -> None:
    """Ask what was answered about a follow-up."""
    from office import followups, urged

    def answer(said: Suggestion | None) -> None:
        if said is None:
            return
        with telling(app):
            event = urged.answer(app.store, followup, said.label, by=app.author)
            words = _("Đã ghi câu trả lời.")
            app.trash.note(lambda: followups.undo(app.store, event, by=app.author), followup, words)
            app.changed()
            app.say(words + " " + _("u: rút lại."))

    app.push_screen(AskText(_("Đơn vị trả lời thế nào?")), answer)
