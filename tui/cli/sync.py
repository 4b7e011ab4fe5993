"""thuky sync: machines agree through a shared folder."""

import time
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from office.moments import show_moment
from schema.errors import N_, ThukyError
from schema.store import utc_text
from sync.local import BESIDE, lies_beside
from tui.cli.command import Argument, Group, Option, command
from tui.cli.desk import Desk
from tui.cli.fields import one_line
from tui.cli.table import details, table
from tui.numbering import AfterRound
from tui.sync_words import WATCHING, problem_words
from tui.words import _, tell

# Keys and ciphers take longer to import than most commands to run.
if TYPE_CHECKING:
    from sync.engine import Round
    from sync.problem import Problem
    from sync.workspace import Workspace

sync = Group("sync", N_("Đồng bộ giữa các máy qua một thư mục chung."))
FOLDER = Argument("folder", N_("THƯ_MỤC"))
NAME = Option("--name", N_("tên máy này; mặc định là tên của máy"), N_("TÊN"))
CHANGE = Argument("id", N_("MÃ"))
# How long an answer to a request to join is waited for at one go, and how often it is looked for.
ANSWER_SECONDS = 15 * 60.0
LOOK_SECONDS = 1.0
# To ask, to give, and to see that nobody else did, are rounds of their own.
MOST_ROUNDS = 6


@command(sync, "init", N_("Lập không gian làm việc chung trong một thư mục trống."), FOLDER, NAME)
def init(desk: Desk, folder: str, name: str | None) -> None:
    from sync import enrol

    path = Path(folder).expanduser()
    workspace = enrol.init(desk.store, path, _name(name))
    _tell_beside(desk, path)
    desk.answer(
        {"device": workspace.vault.device, "folder": str(path.resolve())},
        N_("Đã lập không gian làm việc ở {folder}. Tiếp theo: thuky sync run, thuky sync invite."),
    )


@command(sync, "invite", N_("Cho thêm một máy vào: in mã mời dùng một lần trong 15 phút."))
def invite(desk: Desk) -> None:
    from sync.lock import is_taken
    from sync.pairing import invite as offer

    workspace = _workspace(desk)
    workspace.refresh()
    made = offer(workspace)
    expires_at = utc_text(made.expires_at / 1000)
    desk.answer(
        {"code": made.code, "expires_at": expires_at},
        N_("Mã mời: {code} (đến {until}). Ở máy kia: thuky sync join THƯ_MỤC"),
        until=show_moment(expires_at),
    )
    if not is_taken(desk.store.path):
        desk.notice(N_("Máy này chỉ nhận được máy mới khi đang đồng bộ; hãy chạy thuky sync run."))


@command(
    sync,
    "join",
    N_("Đưa máy này vào không gian làm việc bằng mã mời; không có mã thì đợi tiếp lần trước."),
    FOLDER,
    Option("--code", N_("mã mời; không có thì hỏi"), N_("MÃ")),
    NAME,
)
def join(desk: Desk, folder: str, code: str | None, name: str | None) -> None:
    from sync import enrol

    path = Path(folder).expanduser()
    asked = enrol.joining_path(desk.store.path).exists()
    if code or not asked:
        enrol.ask_to_join(desk.store, path, code or _ask_code(), _name(name))
    until = time.monotonic() + ANSWER_SECONDS
    while (workspace := enrol.joined(desk.store, path) or _let_in(desk)) is None:
        if time.monotonic() > until:
            raise ThukyError(
                N_(
                    "Máy mời chưa trả lời. Yêu cầu vẫn còn trong thư mục; hãy để máy mời đồng bộ "
                    "rồi chạy lại thuky sync join {folder} (không cần mã)."
                ),
                folder=path,
            )
        time.sleep(LOOK_SECONDS)
    _tell_beside(desk, path)
    desk.answer(
        {"device": workspace.vault.device, "folder": str(path.resolve())},
        N_("Máy này đã vào không gian làm việc ở {folder}. Tiếp theo: thuky sync run."),
    )


def _tell_beside(desk: Desk, folder: Path) -> None:
    if lies_beside(desk.store.path, folder):
        desk.notice(BESIDE, folder=folder)


def _let_in(desk: Desk) -> "Workspace | None":
    """The workspace, where another process has taken the answer."""
    from sync import enrol

    return None if enrol.joining_path(desk.store.path).exists() else enrol.opened(desk.store)


@command(
    sync,
    "run",
    N_("Đồng bộ cho đến khi dừng (Ctrl+C); với --once chỉ một lượt gửi và nhận."),
    Option("--once", N_("một lượt rồi thôi"), is_flag=True),
)
def run(desk: Desk, once: bool) -> int:
    if once:
        done = _once(desk)
        _tell(desk, done)
        return int(done.failure is not None)
    from sync.service import Service
    from sync.watch import terminate_on_signals

    service = Service(desk.store.path, lambda done: _tell(desk, done), AfterRound())
    terminate_on_signals(service.stop)
    if not desk.common.json:
        desk.say(_("Đang đồng bộ; Ctrl+C để dừng."))
    service.run()
    return 0


@command(sync, "status", N_("Đồng bộ đang thế nào: còn chờ gì, chậm ở đâu, vướng gì."))
def status(desk: Desk) -> None:
    from sync.status import status as look

    now = look(desk.store)
    if not now.folder:
        from sync.enrol import NotJoined

        raise NotJoined
    facts = {
        "device": now.device,
        "folder": now.folder,
        "running": now.running,
        "watch": now.diary.watch,
        "pending": now.pending,
        "behind": dict(now.behind),
        "last_push": now.diary.last_push,
        "last_pull": now.diary.last_pull,
        "conflicts": now.conflicts,
        "failure": now.diary.failure,
        "problems": [_problem(problem) for problem in now.problems],
    }
    if desk.common.json:
        desk.json(facts)
        return
    desk.say(
        details(
            [
                (_("Máy này"), now.device),
                (_("Thư mục"), now.folder),
                (_("Đang chạy"), _("có") if now.running else _("không; hãy chạy thuky sync run")),
                (_("Theo dõi"), _(WATCHING.get(now.diary.watch, now.diary.watch))),
                (_("Chờ gửi"), str(now.pending)),
                (_("Gửi lần cuối"), _moment(now.diary.last_push)),
                (_("Nhận lần cuối"), _moment(now.diary.last_pull)),
                (_("Giá trị bị ghi đè"), str(now.conflicts)),
                (_("Lỗi"), tell(error) if (error := now.diary.error) else ""),
                *((_("Vướng"), problem_words(problem)) for problem in now.problems),
            ]
        )
    )


@command(sync, "devices", N_("Các máy trong không gian làm việc."))
def devices(desk: Desk) -> None:
    workspace = _workspace(desk)
    workspace.refresh()
    trust, own = workspace.vault.trust, workspace.vault.device
    rows = [
        {
            "device": device,
            "name": member.name,
            "own": device == own,
            "joined_at": utc_text(member.issued_at / 1000) if member.issued_at else None,
            "revoked": device in trust.revoked,
        }
        for device, member in sorted(trust.members.items())
    ]
    if desk.common.json:
        desk.json(rows)
        return
    marks = {True: _("đã loại"), False: ""}
    desk.say(
        table(
            [_("Mã"), _("Tên"), _("Vào lúc"), ""],
            (
                [
                    str(row["device"]),
                    str(row["name"]),
                    _moment(row["joined_at"]),
                    _("máy này") if row["own"] else marks[bool(row["revoked"])],
                ]
                for row in rows
            ),
        )
    )


@command(
    sync,
    "revoke",
    N_("Loại một máy: từ nay nó không đọc được gì mới, không ghi được gì thêm."),
    Argument("device", N_("MÁY")),
)
def revoke(desk: Desk, device: str) -> None:
    from sync.change import START
    from sync.state import State

    workspace = _workspace(desk)
    places = State(desk.store).places()
    workspace.refresh(places)
    found = [
        id
        for id, member in workspace.vault.trust.members.items()
        if device and (id.startswith(device.lower()) or member.name == device)
    ]
    if len(found) != 1:
        raise ThukyError(
            N_("Có {count} máy là “{device}”; hãy dùng mã trong thuky sync devices."),
            count=len(found),
            device=device,
        )
    workspace.membership.revoke(found[0], places.get(found[0], START))
    name = workspace.vault.trust.members[found[0]].name
    desk.answer({"device": found[0], "name": name}, N_("Đã loại máy “{name}” ({device})."))


@command(sync, "conflicts", N_("Những giá trị bị máy khác ghi đè mà chưa ai xem."))
def conflicts(desk: Desk) -> None:
    from tui.cli.sync_conflicts import list_conflicts

    list_conflicts(desk)


@command(sync, "restore", N_("Lấy lại một giá trị bị ghi đè, như một lần sửa mới."), CHANGE)
def restore(desk: Desk, id: str) -> None:
    from tui.cli.sync_conflicts import restore_one

    restore_one(desk, id)


@command(sync, "keep", N_("Giữ giá trị đang hiện, biết là đã ghi đè giá trị kia."), CHANGE)
def keep(desk: Desk, id: str) -> None:
    from tui.cli.sync_conflicts import keep_one

    keep_one(desk, id)


@command(sync, "check", N_("Soát cả thư mục chung: chữ ký, chuỗi, nội dung của từng phần."))
def check(desk: Desk) -> int:
    from sync.check import check as look_through

    found = look_through(_workspace(desk))
    facts = {
        "segments": found.segments,
        "changes": found.changes,
        "problems": [_problem(problem) for problem in found.problems],
    }
    desk.answer(facts, N_("{segments} phần lành lặn, {changes} thay đổi."))
    if not desk.common.json:
        for problem in found.problems:
            desk.say(f"{problem.path}: {problem_words(problem)}")
    return int(bool(found.problems))


@command(sync, "verify", N_("Máy nào đang giữ đúng như máy này, đến lúc nào."))
def verify(desk: Desk) -> int:
    from sync.lock import AlreadySyncing
    from sync.state import State

    try:
        done = _once(desk, prove=True)
        if done.failure is not None:
            raise done.failure
    except AlreadySyncing:
        pass  # whoever syncs now compares too
    workspace = _workspace(desk)
    members = workspace.vault.trust.members
    rows = [
        {
            "device": agreement.device,
            "name": members[agreement.device].name if agreement.device in members else "",
            "agrees": agreement.differs is None,
            "at": agreement.at,
            "differs": agreement.differs,
        }
        for agreement in State(desk.store).agreements()
    ]
    if desk.common.json:
        desk.json(rows)
    elif not rows:
        desk.say(_("Chưa so được với máy nào."))
    for row in rows:
        if not desk.common.json:
            words = (
                _("Giống máy “{name}” lúc {at}.")
                if row["agrees"]
                else _("KHÁC máy “{name}” lúc {at}: {differs}.")
            )
            at = _moment(row["at"])
            desk.say(words.format(name=row["name"] or row["device"], at=at, differs=row["differs"]))
    return int(any(not row["agrees"] for row in rows))


@command(sync, "install-service", N_("Cài dịch vụ đồng bộ chạy nền cho người dùng này (systemd)."))
def install_service(desk: Desk) -> None:
    from tui.unit_file import install

    _workspace(desk)
    path, content = install(desk.store.path)
    if not desk.common.json:
        desk.say(content.rstrip("\n"))
    desk.answer(
        {"path": str(path), "content": content},
        N_("Đã ghi {path}. Bật: systemctl --user enable --now {service}"),
        service=path.name,
    )


def _workspace(desk: Desk) -> "Workspace":
    from sync.enrol import workspace_of

    return workspace_of(desk.store)


def _once(desk: Desk, *, prove: bool = False) -> "Round":
    """One whole round, with those let in who ask and numbers given; where the register wants more
    of them, those too. Raises AlreadySyncing, NotJoined."""
    from sync.engine import Engine
    from sync.lock import only_one
    from sync.pairing import serve

    with only_one(desk.store.path):
        engine: Engine = Engine(desk.store, _workspace(desk))
        after, pushed, pulled = AfterRound(), 0, 0
        for _turn in range(MOST_ROUNDS):
            done = engine.round(prove=prove)
            pushed, pulled = pushed + done.pushed, pulled + done.pulled
            if done.failure is None:
                serve(engine.workspace)
            if not after(engine, done):
                break
        return replace(done, pushed=pushed, pulled=pulled)


def _tell(desk: Desk, done: "Round") -> None:
    """A line of what a round did."""
    from tui.cli.streams import flush

    failure = tell(done.failure) if done.failure else None
    facts = {
        "pushed": done.pushed,
        "pulled": done.pulled,
        "behind": dict(done.behind),
        "problems": [_problem(problem) for problem in done.problems],
        "failure": failure,
    }
    desk.answer(facts, N_("Gửi {pushed}, nhận {pulled} thay đổi."))
    if not desk.common.json:
        for sentence in filter(None, [failure, *map(problem_words, done.problems)]):
            desk.notice("{sentence}", sentence=sentence)
    flush()


def _problem(problem: "Problem") -> dict[str, Any]:
    return {**asdict(problem), "words": problem_words(problem)}


def _name(name: str | None) -> str:
    from tui.sync_facts import machine_name

    return one_line(name or "") or machine_name()


def _moment(at: Any) -> str:
    return show_moment(str(at)) if at else ""


def _ask_code() -> str:
    import click

    from tui.cli.streams import at_terminal

    if not at_terminal():
        raise ThukyError(N_("Thiếu mã mời; hãy dùng --code MÃ."))
    return str(click.prompt(_("Mã mời")))
