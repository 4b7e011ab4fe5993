from tests.sync.machines import Office


def test_what_one_writes_the_others_read_in_order() -> None:
    office = Office(3)
    first, second, third = office.machines
    first.write("một", "hai")
    second.write("ba")
    assert second.read() == third.read() == first.read() == []
    assert second.words == ["một", "hai"]
    assert sorted(map(str, third.words)) == ["ba", "hai", "một"]
    assert first.words == ["ba"]
