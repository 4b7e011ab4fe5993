"""thuky field, and the follow-ups of a field and of a leader."""

import pytest

from tests.tui.cli.conftest import Thuky


@pytest.fixture
def finance(thuky: Thuky) -> Thuky:
    thuky.done("person", "add", "--name", "Trần Duy Đông")
    thuky.done("person", "add", "--name", "Lê Thị Bình")
    thuky.done("field", "add", "--name", "Tài chính, đầu tư", "--leader", "Trần Duy Đông")
    thuky.done("field", "add", "--name", "Văn hóa")
    return thuky


def test_a_field_keeps_its_place_its_name_and_its_leader(finance: Thuky) -> None:
    names = [field["name"] for field in finance.json("field", "list")]
    assert names == ["Tài chính, đầu tư", "Văn hóa"]
    finance.done(
        "field", "set", "van hoa", "--name", "Văn hóa, thể thao", "--leader", "Lê Thị Bình"
    )
    table = finance.done("field", "list")
    assert "Văn hóa, thể thao" in table
    assert "Lê Thị Bình" in table
    finance.done("field", "set", "văn hóa", "--leader", "")
    assert [field["leader"] for field in finance.json("field", "list")][1] is None
    finance.done("field", "delete", "văn hóa")
    assert len(finance.json("field", "list")) == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("add", "--name", "VĂN  HÓA"), "Đã có lĩnh vực “VĂN HÓA”; chưa ghi gì."),
        (("add", "--name", " "), "Lĩnh vực cần một cái tên; chưa ghi gì."),
        (("set", "Văn hóa", "--name", "tài chính, đầu tư"), "Đã có lĩnh vực"),
        (("set", "y tế", "--name", "Y tế"), "Không có lĩnh vực “y tế”; có: Tài chính, đầu tư"),
        (("delete", "x"), "Không có lĩnh vực “x”"),
    ],
)
def test_a_field_that_cannot_be_so_is_told_and_nothing_is_written(
    finance: Thuky, arguments: tuple[str, ...], words: str
) -> None:
    before = finance.json("field", "list")
    answer = finance("field", *arguments)
    assert answer.code == 1
    assert words in answer.error
    assert finance.json("field", "list") == before


def test_a_leader_is_in_charge_by_name_else_by_the_field(finance: Thuky) -> None:
    def add(work: str, *more: str) -> None:
        finance.done("followup", "add", "--work", work, *more)

    add("Giải ngân", "--field", "tai chinh")
    add("Giải ngân xã", "--field", "tài chính", "--leader", "Lê Thị Bình")
    add("Lễ hội", "--field", "Văn hóa")

    def found(asked: str) -> set[str]:
        return {row["work"] for row in finance.json("followup", "list", "--filter", asked)}

    assert found("lĩnhvực:tài chính") == {"Giải ngân", "Giải ngân xã"}
    assert found("lv:van,tai") == {"Giải ngân", "Giải ngân xã", "Lễ hội"}
    assert found("-lĩnhvực:tài") == {"Lễ hội"}
    assert found("lãnhđạo:đông") == {"Giải ngân"}
    assert found("lđ:bình") == {"Giải ngân xã"}
    row = finance.json("followup", "list", "--filter", "lãnhđạo:đông")[0]
    assert row["field"] == "Tài chính, đầu tư"
    assert row["leader"] is None
    answer = finance("followup", "list", "--filter", "lĩnhvực:y tế")
    assert answer.error == "Không có lĩnh vực nào là “y”."
