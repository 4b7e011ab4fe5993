"""What the rules would fill in where a sentence is silent. Shown as suggested, never as stated."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from office.language.tokens import PhraseBook, phrase, tokens
from office.names import Kind
from office.reading.model import Reading

_HEADS = (
    ("Giám đốc", "sở|công an tỉnh|kho bạc|bảo hiểm xã hội|trung tâm|bệnh viện|công ty|quỹ|đài|"
     "ngân hàng|học viện|bảo tàng|thư viện|điện lực|ban qlda|bql dự án"),
    ("Chủ tịch", "ubnd|hđnd|ủy ban mttq|hội|hiệp hội|liên đoàn|liên minh"),
    ("Chánh", "văn phòng|thanh tra"),
    ("Trưởng", "ban|bql|phòng|công an|thuế|thống kê|thi hành án dân sự|hải quan"),
    ("Chỉ huy trưởng", "bộ chỉ huy|bộ chqs"),
    ("Bộ trưởng", "bộ"),
    ("Cục trưởng", "cục"),
    ("Chi cục trưởng", "chi cục"),
    ("Vụ trưởng", "vụ"),
    ("Bí thư", "tỉnh ủy|đảng ủy|btv tỉnh ủy|tỉnh đoàn"),
    ("Hiệu trưởng", "trường"),
    ("Tổng Biên tập", "báo"),
    ("Viện trưởng", "viện|viện kiểm sát"),
    ("Chánh án", "tòa án"),
    ("Tổng Giám đốc", "tổng công ty|tập đoàn"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rules:
    """An office's usual ways: who follows its tasks and who signs which kind of paper.

    `signers` goes from the code of a paper (decree 30/2020/NĐ-CP, appendix III) to whoever signs
    it; `signer` is for any other product of a body below the committee. `before_inclusive` where
    the day of "trước ngày 15/3" is still in time.
    """

    monitor: str = "Văn phòng UBND tỉnh"
    signer: str = "UBND tỉnh"
    before_inclusive: bool = False
    signers: Mapping[str, str] = field(
        default_factory=lambda: {
            "NQ": "HĐND tỉnh",
            "TTr": "UBND tỉnh",
            "ĐA": "UBND tỉnh",
            "QĐ": "Chủ tịch UBND tỉnh",
            "CT": "Chủ tịch UBND tỉnh",
            "KH": "Chủ tịch UBND tỉnh",
            "CĐ": "Chủ tịch UBND tỉnh",
            "TB": "Văn phòng UBND tỉnh",
        }
    )


def suggestions(reading: Reading, rules: Rules, *, reports: bool) -> dict[str, str]:
    """Values for points that `reading` leaves open, by the names of `to_json`.

    `reports`: the sentence says that something is to be reported.
    """
    if not reading.task:
        return {}
    filled: dict[str, str] = {}
    lead = next((m for m in reading.lead if m.kind is not Kind.COLLECTIVE), None)
    if lead is not None and not reading.accountable_stated and lead.kind is Kind.UNIT:
        filled["accountable"] = head_of(lead.name)
    if reading.monitor is None and rules.monitor:
        filled["monitor"] = rules.monitor
    kind = reading.product.kind if reading.product else ""
    if reading.product is None and reports:
        kind = "BC"
        filled["product"] = "Báo cáo"
    if reading.authority is None:
        filled["authority"] = rules.signers.get(kind, rules.signer)
    return filled


def head_of(unit: str) -> str:
    """The post at the head of a unit: Giám đốc Sở Y tế, Chủ tịch UBND xã Tam Đảo."""
    hit = _TITLES.longest(tokens(unit), 0)
    return f"{hit[1] if hit else 'Thủ trưởng'} {unit}"


_TITLES: PhraseBook[str] = PhraseBook()
for _title, _units in _HEADS:
    for _unit in _units.split("|"):
        _TITLES.add(phrase(_unit), _title)
