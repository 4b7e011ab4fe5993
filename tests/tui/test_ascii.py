"""What tells lines and points apart does so without UTF-8 too."""

import pytest

from tui.ascii import in_ascii


@pytest.mark.parametrize("signs", ["»✗?≠–", "✓✗~"])
def test_signs_that_stand_beside_each_other_stay_apart(signs: str) -> None:
    shown = [in_ascii(sign, 1) for sign in signs]
    assert len(set(shown)) == len(signs)
    assert all(sign.isascii() for sign in shown)
    # None is taken for one of the marks that begin a line.
    assert not {"!", "=", "@"} & set(shown)
