"""What was seen lately: each thing once within its time, and never too many."""

import pytest

from adapters.recent import Recent


def test_a_thing_comes_first_once():
    recent = Recent(seconds=10)
    assert recent.first_time("a", 0)
    assert not recent.first_time("a", 0)
    assert not recent.first_time("a", 9.9)


@pytest.mark.parametrize("later", [10, 10.1, 1000])
def test_after_its_time_it_is_new_again(later: float):
    recent = Recent(seconds=10)
    recent.first_time("a", 0)
    assert recent.first_time("a", later)
    assert not recent.first_time("a", later)


def test_seeing_it_again_does_not_lengthen_its_time():
    recent = Recent(seconds=10)
    recent.first_time("a", 0)
    recent.first_time("a", 9)
    assert recent.first_time("a", 10)


def test_things_do_not_know_each_other():
    recent = Recent(seconds=10)
    assert recent.first_time("a", 0)
    assert recent.first_time("b", 0)
    assert recent.first_time("", 0)


def test_where_there_are_too_many_the_oldest_is_forgotten():
    recent = Recent(seconds=10, limit=3)
    for key in "abcd":
        assert recent.first_time(key, 0)
    assert not recent.first_time("d", 0)
    assert not recent.first_time("c", 0)
    assert recent.first_time("a", 0)


def test_what_is_past_its_time_makes_room():
    recent = Recent(seconds=10, limit=3)
    for at, key in enumerate("abc"):
        recent.first_time(key, at)
    assert recent.first_time("d", 11.5)  # a and b are past theirs, so c can stay
    assert not recent.first_time("c", 11.5)
