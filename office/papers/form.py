"""What the elements of a paper look like, as data (decree 30/2020/NĐ-CP, annex I).

Public entrance: `Form`, `Look`, `DECREE_30`. No amending decree was found, which is not proof: what
changes is changed here. A paper takes the larger of two allowed sizes, so that its lines agree
with each other (note 1 of the annex: sizes in one paper go together).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

Align = Literal["left", "center", "right", "justify"]


@dataclass(frozen=True, slots=True)
class Look:
    """An element's text: `size` in points, of the `allowed` ones; `rule` is the length of the line
    beneath it, as a share of the text's."""

    size: float
    allowed: tuple[float, float]
    bold: bool = False
    italic: bool = False
    upper: bool = False
    align: Align = "center"
    rule: float = 0.0


_LOOKS: Mapping[str, Look] = MappingProxyType(
    {
        "nation": Look(13, (12, 13), bold=True, upper=True),
        "motto": Look(14, (13, 14), bold=True, rule=1.0),
        "parent": Look(13, (12, 13), upper=True),
        "issuer": Look(13, (12, 13), bold=True, upper=True, rule=0.4),
        "number": Look(13, (13, 13)),
        "place_and_date": Look(14, (13, 14), italic=True),
        "kind": Look(14, (13, 14), bold=True, upper=True),
        "subject": Look(14, (13, 14), bold=True, rule=0.4),
        "about": Look(13, (12, 13)),
        "to": Look(14, (13, 14), align="left"),
        "body": Look(14, (13, 14), align="justify"),
        "basis": Look(14, (13, 14), italic=True, align="justify"),
        "heading": Look(14, (13, 14), bold=True, align="justify"),
        "signature": Look(14, (13, 14), bold=True),
        "signatory": Look(14, (13, 14), bold=True),
        "recipients": Look(12, (12, 12), bold=True, italic=True, align="left"),
        "recipient": Look(11, (11, 11), align="left"),
        "annex": Look(14, (14, 14), bold=True),
        "annex_title": Look(14, (13, 14), bold=True, upper=True),
        "page_number": Look(14, (13, 14)),
        "table_head": Look(12, (12, 14), bold=True),
        "table": Look(12, (12, 14), align="left"),
    }
)


@dataclass(frozen=True, slots=True)
class Form:
    """A page and its elements. Lengths are in millimetres, spaces between lines in points."""

    font: str = "Times New Roman"
    page: tuple[float, float] = (210.0, 297.0)
    top: float = 20.0
    bottom: float = 20.0
    left: float = 30.0
    right: float = 15.0
    page_number_from_top: float = 10.0
    first_line: float = 12.7
    between_paragraphs: float = 6.0
    line_spacing: float = 1.1
    """Of the body, from 1 (single) to 1.5."""
    left_box: float = 0.4
    """Share of the width that agency and number take, beside the nation's name."""
    looks: Mapping[str, Look] = field(default_factory=lambda: _LOOKS)

    @property
    def width(self) -> float:
        """Of the text, on an upright page."""
        return self.page[0] - self.left - self.right


DECREE_30 = Form()
