"""A filter's text is read as it is meant, whatever is typed, and can be written again."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from office.filtering import KEYS, VOCABULARIES, Clause, Filter, Key, parse
from schema.viet import fold, nfc

NAMES = {"stc", "sở tài chính", "sxd", "lan", "giao ban tuần", "tháng 3", "<15/3"}


def sense(key: Key, value: str) -> bool:
    """What the names of a small office make sense of: those names, and their beginnings."""
    return any(name.startswith(value) for name in NAMES)


def read(text: str) -> str:
    parsed = parse(text, sense)
    assert not parsed.problems, parsed.problems
    return parsed.filter.text


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("giải ngân", "giải ngân"),
        ("đv:stc", "đv:stc"),
        ("dv:stc", "đv:stc"),
        ("UNIT:stc", "đv:stc"),
        ("đv:stc giải ngân", "đv:stc giải ngân"),
        ("đv:sở tài chính giải ngân", 'đv:"sở tài chính" giải ngân'),
        ("đv: stc vốn", "đv:stc vốn"),
        ("tt:quá hạn vốn", 'tt:"quá hạn" vốn'),
        ("tt:qua han von", 'tt:"quá hạn" von'),
        ("tt:late", 'tt:"quá hạn"'),
        ("tt:mở,chờ", "tt:mở,chờ"),
        ("tt:mở, chờ", "tt:mở,chờ"),
        ("tt:xong muộn", 'tt:"xong muộn"'),
        ("tt:xong", "tt:xong"),
        ("-tt:xong -vốn", "-tt:xong -vốn"),
        ("hạn:tháng 3 vốn", 'hạn:"tháng 3" vốn'),
        ("due:<15/3", "hạn:<15/3"),
        ("họp:giao ban tuần này", 'họp:"giao ban tuần" này'),
        ("thiếu:hạn,sản phẩm", 'thiếu:hạn,"sản phẩm"'),
        ("missing:product", 'thiếu:"sản phẩm"'),
        ("nguồn:điện thoại", 'nguồn:"điện thoại"'),
        ('"Giải  Ngân" vốn', '"giải ngân" vốn'),
        ("17:00 15/3", "17:00 15/3"),
        ('"đv:x"', '"đv:x"'),
        ("- -- ...", ""),
    ],
)
def test_what_is_typed_is_read_as_it_is_meant(typed: str, meant: str) -> None:
    assert read(typed) == meant
    assert read(meant) == meant
    assert parse(typed, sense).filter == parse(meant, sense).filter


@pytest.mark.parametrize(
    ("typed", "said", "kept"),
    [
        ("abc:def vốn", "“abc:”", "vốn"),
        ("tt:zzz vốn", "“tt:zzz”", "vốn"),
        ("tt: vốn", "Sau “tt:”", "vốn"),
        ("vốn tt:", "Sau “tt:”", "vốn"),
        ("đv:zzz tt:mở", "“zzz”", "tt:mở"),
        ("người:zzz", "Không có ai", ""),
        ("hạn:zzz vốn", "thời hạn “zzz”", "vốn"),
        ("thiếu:gì", "", 'thiếu:"gì đó"'),
        ("tt:mở,zzz", "“tt:zzz”", "tt:mở"),
    ],
)
def test_what_is_not_understood_is_said_and_the_rest_counts(
    typed: str, said: str, kept: str
) -> None:
    parsed = parse(typed, sense)
    assert parsed.filter.text == kept
    assert [said in str(problem) for problem in parsed.problems] == ([True] if said else [])


def test_all_values_of_all_vocabularies_are_understood_by_each_of_their_names() -> None:
    for key, vocabulary in VOCABULARIES.items():
        for code, names in vocabulary.names.items():
            for name in (code, *names, fold(names[0]).upper()):
                for written in (f'{KEYS[key][-1]}:"{name}"', f"{KEYS[key][0]}:{name}"):
                    assert parse(written).filter == Filter((Clause(key, (code,)),)), written
        assert len(set(map(fold, vocabulary.labels))) == len(vocabulary.labels)


PIECES = ["đv:", "tt:", "hạn:", "-", '"', ",", " ", "mở", "quá hạn", "stc", "15/3", "<", "..", "x:"]
TYPED = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=4)), max_size=12).map("".join)
VALUES = st.text(min_size=1, max_size=12).map(lambda text: " ".join(nfc(text).split()))


def kept_as(text: str) -> str:
    return " ".join(text.replace('"', " ").split())


@given(TYPED)
@example('đv:"a')
@example('đv:a"b')
@example("-\u0300:")
@example("đv:stc hạnđv:\r0")
@example("tt:xong x: muộn")
def test_any_text_is_read_and_what_was_understood_is_written_so_that_it_is_read_again(
    typed: str,
) -> None:
    understood = parse(typed, sense).filter
    again = parse(understood.text, sense)
    assert again.filter == understood
    assert not again.problems


@given(
    st.lists(
        st.one_of(
            st.builds(
                Clause,
                st.sampled_from([Key.UNIT, Key.PERSON, Key.MEETING, Key.DUE]),
                st.lists(VALUES.map(kept_as).filter(bool), min_size=1, max_size=3, unique=True).map(
                    tuple
                ),
                st.booleans(),
            ),
            *(
                st.builds(
                    Clause,
                    st.just(key),
                    st.lists(st.sampled_from(list(vocabulary.names)), min_size=1, unique=True).map(
                        tuple
                    ),
                    st.booleans(),
                )
                for key, vocabulary in VOCABULARIES.items()
            ),
        ),
        max_size=4,
    ).map(tuple)
)
def test_what_a_filter_writes_is_read_as_that_filter(clauses: tuple[Clause, ...]) -> None:
    assert parse(Filter(clauses).text).filter == Filter(clauses)
