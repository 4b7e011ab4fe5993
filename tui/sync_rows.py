"""The rows of the sync screen: label and value, one below the other."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from textwrap import wrap

from schema.store import utc_text
from sync.machines import Machine
from sync.standing import Standing
from tui.graphemes import visible
from tui.overwritten import Overwritten
from tui.sync_facts import Facts
from tui.sync_words import WATCHING, bar, grouped, problem_words, since_when, told
from tui.widgets.listing import Row
from tui.words import _, tell

_BAR_CELLS = 20


@dataclass(frozen=True, slots=True)
class SyncRows:
    """Makes the rows of what is known, for values of so many `cells`."""

    facts: Facts
    standing: Standing | None
    now: datetime
    cells: int

    def __call__(self) -> list[Row]:
        if self.facts.asking:
            return list(self._asking())
        if not self.facts.joined:
            return list(self._apart())
        return [*self._own(), *self._others(), *self._problems(), *self._values()]

    # Not in a workspace yet

    def _apart(self) -> Iterator[Row]:
        error = self.facts.status.diary.error
        if error and self.facts.status.diary.kind == "WrongCode":
            yield from self._text("refused", _("Chưa vào được"), [tell(error)], mark="!")
            yield _gap("refused")
        words = _(
            "Máy này chưa đồng bộ với máy nào. Các máy đồng bộ qua một thư mục chung: ổ mạng, thư"
            " mục Syncthing, Nextcloud, Dropbox, hay một USB. Mọi thứ trong đó đều được mã hóa."
        )
        yield from self._text("alone", _("Tình hình"), [words])
        yield _gap("alone")
        words = _("Máy đầu tiên: lập thư mục chung trong một thư mục trống, rồi mời các máy khác.")
        yield from self._text("new", _("n  Lập"), [words])
        words = _("Máy thứ hai trở đi: tham gia bằng mã mời mà máy đầu tiên đưa ra.")
        yield from self._text("join", _("t  Tham gia"), [words])

    def _asking(self) -> Iterator[Row]:
        diary = self.facts.status.diary
        yield from self._text("folder", _("Thư mục"), [self.facts.asking])
        words = _(
            "Đang đợi máy mời trả lời; máy ấy phải đang mở Thư Ký hoặc đang đồng bộ. Có thể rời màn"
            " hình này, mọi việc tự đi tiếp."
        )
        yield from self._text("state", _("Tình hình"), [words], mark="…")
        if error := diary.error:
            yield from self._text("failure", _("Vướng"), [tell(error)], mark="!")

    # This machine

    def _own(self) -> Iterator[Row]:
        status, diary = self.facts.status, self.facts.status.diary
        watch = _(WATCHING.get(diary.watch, diary.watch))
        yield from self._text("folder", _("Thư mục"), [f"{status.folder} · {watch}"])
        if self.standing:
            now = told(self.standing, self.now)
            words = now.words if status.running else f"{now.words} · {_('chưa có ai đồng bộ')}"
            yield Row("state", (_("Tình hình"), words), now.sign, strong=now.trouble)
        if diary.reached is not None:
            done = f"{bar(diary.reached, _BAR_CELLS)} {int(100 * diary.reached)}%"
            words = _("{n} thay đổi").format(n=grouped(diary.changes))
            yield Row("progress", (_("Nhận lần đầu"), f"{done} · {words}"), "↓")
        waiting = _("{n} thay đổi").format(n=grouped(status.pending))
        yield Row("pending", (_("Chờ gửi"), waiting))
        last = [
            _("gửi {at}").format(at=self._moment(diary.last_push)),
            _("nhận {at}").format(at=self._moment(diary.last_pull)),
        ]
        yield Row("last", (_("Lần cuối"), " · ".join(last)))

    def _moment(self, at: str | None) -> str:
        return since_when(at, self.now) or "–"

    # The machines

    def _others(self) -> Iterator[Row]:
        if not self.facts.machines:
            return
        yield _gap("machines")
        for number, machine in enumerate(self.facts.machines):
            label = _("Các máy ({n})").format(n=len(self.facts.machines)) if not number else ""
            name = visible(machine.name) or machine.device
            words = f"{name} · {self._about(machine)}"
            differs = bool(machine.agreement and machine.agreement.differs)
            lines = wrap(words, self.cells) or [""]
            mark = "!" if differs else "*" if machine.own else " "
            yield Row(f"machine:{machine.device}", (label, lines[0]), mark, dim=machine.revoked)
            for more, line in enumerate(lines[1:]):
                yield Row(f" {machine.device} {more}", ("", line), dim=machine.revoked)

    def _about(self, machine: Machine) -> str:
        parts = []
        if machine.own:
            parts.append(_("máy này"))
        if machine.joined_at:
            joined = self._moment(utc_text(machine.joined_at / 1000))
            parts.append(_("vào {at}").format(at=joined))
        if machine.revoked:
            return " · ".join([*parts, _("đã loại")])
        if machine.own:
            return " · ".join(parts)
        if agreement := machine.agreement:
            at = self._moment(agreement.at)
            words = (
                _("KHÁC máy này lúc {at}: {where}").format(at=at, where=agreement.differs)
                if agreement.differs
                else _("giống hệt lúc {at}").format(at=at)
            )
            parts.append(words)
        else:
            parts.append(_("chưa so được"))
        if machine.behind:
            parts.append(_("còn {n} phần chưa nhận được").format(n=machine.behind))
        return " · ".join(parts)

    # What is wrong

    def _problems(self) -> Iterator[Row]:
        diary, problems = self.facts.status.diary, self.facts.status.problems
        found: list[tuple[str, str]] = []
        if error := self.facts.trouble or diary.error:
            found.append(("!", tell(error)))
        found += [
            ("…" if one.passing else "!", problem_words(one, self.facts.names)) for one in problems
        ]
        for number, (mark, words) in enumerate(found):
            if not number:
                yield _gap("problems")
            label = _("Vướng") if not number else ""
            yield from self._text(f"problem{number}", label, [words], mark=mark)

    def _values(self) -> Iterator[Row]:
        values, settled = self.facts.values, self.facts.settled
        if values or settled:
            yield _gap("values")
        count = self.facts.status.conflicts
        for number, value in enumerate(values):
            label = _("Bị ghi đè ({n})").format(n=count) if not number else ""
            yield from self._value(value, label, "!")
        if count > len(values):
            more = _("… và {n} giá trị nữa").format(n=count - len(values))
            yield Row("more", ("", more), dim=True)
        for number, one in enumerate(settled):
            label = _("Đã quyết") if not number else ""
            words = _("đã lấy lại giá trị mất") if one.restored else _("đã giữ giá trị đang hiện")
            yield from self._value(one.value, label, "✓", words)

    def _value(self, value: Overwritten, label: str, mark: str, chosen: str = "") -> Iterator[Row]:
        who = visible(self.facts.names.get(value.device, value.device))
        at = since_when(value.at, self.now)
        title, *further = self._wrapped(f"{value.title} · {value.label}")
        yield Row(f"value:{value.conflict.id}", (label, title), mark, dim=bool(chosen))
        lost = _("mất: {value} ({who}, {at})").format(value=visible(value.lost), who=who, at=at)
        shown = _("đang hiện: {value}").format(value=visible(value.shown))
        if chosen:
            shown = _("kia: {value}").format(value=visible(value.shown))
            lost = f"{chosen} · {lost}"
        if len(lost) + len(shown) + 3 <= self.cells:
            lines = [f"{lost} · {shown}"]
        else:
            lines = [line for text in (lost, shown) for line in wrap(text, self.cells)]
        for number, line in enumerate([*further, *lines]):
            yield Row(f" {value.conflict.id} {number}", ("", line), dim=bool(chosen))

    def _text(
        self, key: str, label: str, paragraphs: Sequence[str], *, mark: str = ""
    ) -> Iterator[Row]:
        lines = [line for text in paragraphs for line in self._wrapped(text)] or [""]
        yield Row(key, (label, lines[0]), mark, strong=mark == "!")
        for number, line in enumerate(lines[1:]):
            yield Row(f" {key} {number}", ("", line))

    def _wrapped(self, text: str) -> list[str]:
        # A path is not cut at its hyphens, or it could not be read.
        return wrap(visible(text), self.cells, break_on_hyphens=False)


def _gap(key: str) -> Row:
    return Row(f" {key}", ("", ""))
