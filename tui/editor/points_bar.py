"""The bar that goes through what is missing of a follow-up: a question, and beneath it what is
understood."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Label

from office.points import CELLS, Point
from schema.errors import N_
from schema.records import Followup
from tui.graphemes import cut, visible
from tui.widgets.field import Field
from tui.words import _

QUESTIONS = {
    Point.LEAD: N_("Ai chủ trì:"),
    Point.WORK: N_("Việc gì:"),
    Point.DEADLINE: N_("Thời hạn:"),
    Point.RESPONSIBILITY: N_("Ai chịu trách nhiệm:"),
    Point.PRODUCT: N_("Sản phẩm:"),
    Point.AUTHORITY: N_("Thẩm quyền (ai ký, ai quyết):"),
}

ABOUT_CELLS = 24


@dataclass(frozen=True, slots=True)
class Understood:
    """What typed words come to: the `cells` to write, shown as `words`. Without cells they are not
    understood, and `words` say why; `sure` is whether Enter takes them without a second look."""

    words: str
    cells: Mapping[str, Any] | None = None
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Question:
    """A point that a follow-up leaves open, and what the rules suggest for it. `about` says which
    follow-up where there are several."""

    followup: Followup
    point: Point
    suggested: str = ""
    about: str = ""

    @property
    def cell(self) -> str:
        return CELLS[self.point]


Understand = Callable[[Question, str], Understood]


def asked_again(found: Understood) -> str:
    """What is said of an answer that Enter did not take."""
    if found.cells is None:
        return found.words
    return _("Enter lần nữa nếu đúng: {what}").format(what=found.words)


class PointsBar(Vertical):
    """Asks `questions` in turn. An empty answer takes what is suggested, or leaves the point open;
    Escape leaves all that are left."""

    DEFAULT_CSS = """
    PointsBar { height: 2; }
    PointsBar Horizontal { height: 1; }
    PointsBar #points-question { width: auto; padding: 0 1; }
    PointsBar Field { width: 1fr; }
    PointsBar #points-hint { height: 1; width: 1fr; padding: 0 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "close", show=False)]

    @dataclass
    class Answered(Message):
        """An answer that was understood."""

        question: Question
        cells: Mapping[str, Any]

    @dataclass
    class Closed(Message):
        """There is nothing more to ask, or (not `done`) no more is to be asked."""

        done: bool

    def __init__(self, questions: Sequence[Question], understand: Understand) -> None:
        super().__init__()
        self._questions = list(questions)
        self._understand = understand
        self._looked_at = ""

    def compose(self) -> ComposeResult:
        with Horizontal():
            yield Label(id="points-question", markup=False)
            yield Field(id="points-answer", compact=True)
        yield Label(id="points-hint", markup=False)

    def on_mount(self) -> None:
        self._ask()

    def take_focus(self) -> None:
        """Be typed into from the very next key."""
        self.screen.set_focus(self.query_one(Field))

    @property
    def question(self) -> Question:
        return self._questions[0]

    def _ask(self) -> None:
        left = len(self._questions)
        number = _("(còn {n}) ").format(n=left) if left > 1 else ""
        about = f"{cut(self.question.about, ABOUT_CELLS)} · " if self.question.about else ""
        words = number + about + _(QUESTIONS[self.question.point])
        self.query_one("#points-question", Label).update(words)
        self.query_one(Field).value = ""
        self._looked_at = ""
        self._hint(self._nothing_typed())

    def _nothing_typed(self) -> str:
        if suggested := self.question.suggested:
            found = self._understand(self.question, suggested)
            if found.cells is None:
                return found.words
            return _("Enter: {value} (gợi ý)").format(value=suggested)
        return _("Enter: để sau, Esc: thôi")

    def _hint(self, words: str) -> None:
        self.query_one("#points-hint", Label).update(visible(words))

    def on_input_changed(self, event: Field.Changed) -> None:
        event.stop()
        typed = event.value.strip()
        self._looked_at = ""
        self._hint(self._understand(self.question, typed).words if typed else self._nothing_typed())

    def on_input_submitted(self, event: Field.Submitted) -> None:
        event.stop()
        typed = event.value.strip() or self.question.suggested
        if typed:
            found = self._understand(self.question, typed)
            if found.cells is None or not (found.sure or self._looked_at == typed):
                # Said once more; a second Enter takes words that may mean something else.
                self._looked_at = typed
                self._hint(asked_again(found))
                return
            self.post_message(self.Answered(self.question, found.cells))
        self._questions.pop(0)
        if self._questions:
            self._ask()
        else:
            self.post_message(self.Closed(done=True))

    def action_close(self) -> None:
        self.post_message(self.Closed(done=False))
