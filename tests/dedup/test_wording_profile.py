"""How much a wording says."""

from __future__ import annotations

import pytest

from quoteattr.dedup.wording_profile import WordingProfile, wording_profile_of


@pytest.mark.parametrize(
    ("size", "content", "distinctive", "repeatable"),
    [
        (6, 2, True, False),
        (6, 1, False, True),
        (5, 5, False, True),
        (3, 0, False, False),
        (4, 0, False, True),
    ],
)
def test_distinctive_and_repeatable(size: int, content: int, distinctive: bool, repeatable: bool) -> None:
    profile = WordingProfile(size, content)
    assert (profile.distinctive, profile.repeatable) == (distinctive, repeatable)


def test_equal_profiles_are_one_object() -> None:
    assert wording_profile_of(3, 2) is wording_profile_of(3, 2)
