"""A notice of a meeting's conclusions on its way in: its sentences become proposed follow-ups.

Public entrance: `NoticeBatch`, `Head`, `head_of_paper`, `sentences`. The head of a paper has the
form of decree 30/2020/NĐ-CP: the issuer, number and symbol at the left, place and date at the
right, then its kind and what it is about.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from office.importing.batch import Batch, Fault, Proposal, digest_of
from office.importing.files import Content
from office.importing.headers import kind_of_number, number_in, written_day
from office.importing.papers import paper_lines
from office.known import Known, known
from office.reading import Nature, Reading
from schema.errors import N_, ThukyError
from schema.records import Followup, FollowupSource
from schema.store import Store
from schema.viet import fold

_HEAD_LINES = 40
_KINDS = {
    "THONG BAO": "notice",
    "NGHI QUYET": "resolution",
    "CHI THI": "directive",
    "QUYET DINH": "directive",
    "CONG DIEN": "directive",
    "KE HOACH": "directive",
}
_MOTTO = ("cong hoa xa hoi", "doc lap", "dang cong san")
_PLACES = ("TINH ", "THANH PHO ", "HUYEN ", "XA ", "PHUONG ")
_NUMBERED = re.compile(r"^số\s*:?\s*\S", re.IGNORECASE)
_END = re.compile(r"^nơi nhận\s*:?|^(?:TL|TM|KT|TUQ)\.\s", re.IGNORECASE)
_MARK = re.compile(r"^(?P<mark>[-–+*•]|(?:[IVXLC]+|\d+(?:\.\d+)*|[a-zđ])\s*[.)/](?=\s|[^\W\d]))\s*")
_CUT = re.compile(r"(?<=[^\W\d_]{3})[.!?]+\s+(?=[^\W\d_a-zà-ỹđ])|(?<=[\d)%”\"])\.\s+(?=[A-ZĐÀ-Ỹ])")
_BEGINS = re.compile(r"(?:kết luận|chỉ đạo|ý kiến|quyết nghị|quyết định)\b.*:$", re.IGNORECASE)
_CLOSES = re.compile(r"thông báo (?:để|đến|tới)\b.*\b(?:biết|thực hiện)", re.IGNORECASE)
_PREAMBLE = 20
"""Within so many lines of the body it says that what follows is concluded, if it does."""
_DONE = re.compile(r"[./;,]+$")


@dataclass(frozen=True, slots=True)
class Head:
    """What a paper's head says of it; `end` is the line after it."""

    number: str = ""
    issued_on: date | None = None
    issuer: str = ""
    kind: str = "notice"
    subject: str = ""
    end: int = 0


def head_of_paper(lines: Sequence[str]) -> Head:
    """The head of a paper; what it does not have is left open."""
    top = lines[:_HEAD_LINES]
    number_at = next((at for at, line in enumerate(top) if _NUMBERED.match(line)), -1)
    number = number_in(top[number_at]) if number_at >= 0 else ""
    day_at, day = next(
        ((at, day) for at, line in enumerate(top) if (day := _head_day(line))), (-1, None)
    )
    kind_at, kind = next(
        ((at, k) for at, line in enumerate(top) if (k := _kind(line))), (-1, kind_of_number(number))
    )
    if kind_at < 0 and not number:
        kind = "notice"
    subject = top[kind_at + 1] if 0 <= kind_at < len(top) - 1 else ""
    end = max(number_at, day_at if day_at <= number_at + 3 else -1, kind_at + bool(subject)) + 1
    return Head(number, day, _issuer(top[: max(number_at, 0)]), kind, subject, end)


def _head_day(line: str) -> date | None:
    """The day of a line that says where and when a paper was issued, and nothing else."""
    return written_day(line) if len(line) < 120 and "tháng" in line else None


def _kind(line: str) -> str:
    if line != line.upper():
        return ""
    return _KINDS.get(" ".join(fold(line).upper().split()), "")


def _issuer(lines: Sequence[str]) -> str:
    """The agency in capitals above the number, with the one above it."""
    named = [
        line
        for line in lines
        if line == line.upper() and not fold(line).startswith(_MOTTO) and len(line) > 3
    ]
    if len(named) < 2 or fold(named[-1]).upper().startswith(_PLACES):
        return " ".join(named)
    return " ".join([named[-1], *named[:-1]])


def sentences(lines: Sequence[str], reader: Known, on: date) -> Iterator[str]:
    """The sentences of a paper's body, up to whom it is sent to. What stands under “Giao Sở A:” as
    its items is given to that unit."""
    opening = ""
    begins = (at + 1 for at, line in enumerate(lines[:_PREAMBLE]) if _BEGINS.search(line))
    for line in lines[next(begins, 0) :]:
        if _END.match(line) or _CLOSES.search(line):
            return
        found = _MARK.match(line)
        mark, words = (found["mark"], line[found.end() :]) if found else ("", line)
        if not words or words == words.upper():
            opening = ""
            continue
        item = mark[:1] in "-–+*•" or mark[:1].islower() if mark else False
        if not item:
            opening = ""
        if words.endswith(":"):
            opening = _opening(words, reader, on) or opening
            if opening:
                continue
        for sentence in _split(words):
            if item and opening and not reader.read(sentence, on).lead:
                sentence = f"{opening} {sentence[:1].lower()}{sentence[1:]}"
            yield sentence


def _opening(words: str, reader: Known, on: date) -> str:
    """What gives the items below to a unit: “Giao Sở A chủ trì”; nothing where it names none."""
    words = words.rstrip(": ")
    if reader.read(f"{words} rà soát.", on).lead:
        return words
    if reader.read(f"Giao {words} rà soát.", on).lead and len(words) < 150:
        return f"Giao {words}"
    return ""


def _split(words: str) -> Iterator[str]:
    for part in _CUT.split(words):
        sentence = _DONE.sub("", part.strip())
        if len(sentence) > 2:
            yield sentence


class NoticeBatch(Batch):
    """What is proposed of a notice's sentences; `fixes` may put another sentence in place of one.
    Raises ThukyError where the paper cannot be read."""

    def __init__(self, store: Store, content: Content, today: date) -> None:
        super().__init__(store)
        self._today = today
        self._known = known(store)
        # What one sentence is mended to has the others read again.
        self._read = cache(self._known.read)
        self.lines = paper_lines(content)
        self.path = content.path
        self._sentences: list[str] = []
        self.give(head_of_paper(self.lines))

    def give(self, head: Head, field: str | None = None, leader: str | None = None) -> None:
        """Let the paper be of this number, day, issuer and kind, and its tasks of this field and
        under this leader."""
        self.head, self.field, self.leader = head, field, leader
        body = self.lines[head.end :]
        self._sentences = list(sentences(body, self._known, self.on))
        self.read_anew()

    @property
    def on(self) -> date:
        """The day from which its deadlines count."""
        return self.head.issued_on or self._today

    def propose(self) -> Iterable[Proposal]:
        number = 0
        for sentence in self._sentences:
            reading = self._read(sentence, self.on)
            for part in reading.split or (sentence,):
                number += 1
                words = self.fixes.get(number, {}).get("sentence", part)
                again = words != sentence
                yield self._proposal(number, part, self._read(words, self.on) if again else reading)

    def _proposal(self, number: int, part: str, reading: Reading) -> Proposal:
        told = {"work": reading.text, "field": self.field, "leader": self.leader}
        followup = Followup(**told | self._known.cells(reading))
        head = self.head
        source = FollowupSource(
            kind=head.kind,
            number=head.number,
            issued_on=head.issued_on.isoformat() if head.issued_on else None,
            issuer=head.issuer,
            excerpt=reading.text,
            digest=digest_of(head.number, part),
        )
        task = reading.task and reading.nature is not Nature.EXTENSION
        found = Proposal(number, {"sentence": reading.text}, followup, source)
        return replace(found, notes=tuple(self._notes(reading)), state="new" if task else "other")

    def _notes(self, reading: Reading) -> Iterator[Fault]:
        found = reading.deadline
        if found and found.deadline.ask:
            words = N_("“{text}”: hãy xem lại thời hạn.")
            yield Fault("sentence", ThukyError(words, text=found.phrase))
        for mention in reading.lead:
            if not mention.known and mention.kind.value == "unit":
                words = N_("“{name}” chưa có trong danh sách đơn vị.")
                yield Fault("sentence", ThukyError(words, name=mention.name))

    def remarks(self) -> list[ThukyError]:
        said: list[ThukyError] = []
        if not self.head.number:
            said.append(ThukyError(N_("Không thấy số của văn bản; hãy ghi số nếu đã có.")))
        if not self.head.issued_on:
            words = N_("Không thấy ngày văn bản; thời hạn được tính từ hôm nay.")
            said.append(ThukyError(words))
        if not any(p.state == "new" for p in self.proposals):
            said.append(ThukyError(N_("Không có câu nào giao việc mới.")))
        return said
