"""Until when: days, weeks and months counted on a real calendar."""

import calendar
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formulation.dating import after

SOME = settings(max_examples=200, deadline=None)
days = st.dates(date(1990, 1, 1), date(2190, 12, 31))


@pytest.mark.parametrize(
    ("start", "limit", "until"),
    [
        ("2026-01-05", "180 day", "2026-07-04"),
        ("2024-01-05", "180 day", "2024-07-03"),  # 2024 is a leap year
        ("2026-01-05", "14 day", "2026-01-19"),
        ("2026-01-05", "35 day", "2026-02-09"),
        ("2026-01-05", "90 day", "2026-04-05"),
        ("2026-12-31", "1 day", "2027-01-01"),
        ("2024-02-28", "1 day", "2024-02-29"),
        ("2026-02-28", "1 day", "2026-03-01"),
        ("2026-01-05", "2 week", "2026-01-19"),
        ("2026-01-05", "1 week", "2026-01-12"),
        ("2026-01-05", "6 month", "2026-07-05"),
        ("2026-08-31", "6 month", "2027-02-28"),
        ("2023-08-31", "6 month", "2024-02-29"),
        ("2026-01-31", "1 month", "2026-02-28"),
        ("2024-01-31", "1 month", "2024-02-29"),
        ("2026-03-31", "1 month", "2026-04-30"),
        ("2026-10-31", "4 month", "2027-02-28"),
        ("2024-02-29", "12 month", "2025-02-28"),
        ("2024-02-29", "48 month", "2028-02-29"),
        ("2026-12-15", "1 month", "2027-01-15"),
        ("2026-06-30", "6 month", "2026-12-30"),
        ("2100-01-31", "1 month", "2100-02-28"),  # 2100 is no leap year
        ("2026-01-05", "14 days", "2026-01-19"),
        ("2026-01-05", "6 months", "2026-07-05"),
    ],
)
def test_a_limit_ends_on_its_day_of_the_calendar(start, limit, until):
    assert after(date.fromisoformat(start), limit) == date.fromisoformat(until)


@SOME
@given(days, st.integers(1, 4000))
def test_days_are_counted_one_by_one_and_weeks_by_seven(start, count):
    assert after(start, f"{count} day") - start == timedelta(days=count)
    assert after(start, f"{count} week") == after(start, f"{count * 7} day")


@SOME
@given(days, st.integers(1, 60))
def test_months_keep_the_day_or_take_the_last_of_a_shorter_month(start, count):
    end = after(start, f"{count} month")
    assert (end.year * 12 + end.month) - (start.year * 12 + start.month) == count
    last = calendar.monthrange(end.year, end.month)[1]
    assert end.day == min(start.day, last)


@SOME
@given(days, st.integers(1, 60))
def test_a_longer_limit_never_ends_sooner(start, count):
    for unit in ("day", "week", "month"):
        assert after(start, f"{count} {unit}") < after(start, f"{count + 1} {unit}")


@SOME
@given(days, st.integers(0, 400), st.integers(1, 60))
def test_a_later_start_never_ends_sooner(start, later, count):
    for unit in ("day", "month"):
        limit = f"{count} {unit}"
        assert after(start, limit) <= after(start + timedelta(days=later), limit)


def test_six_months_are_not_180_days():
    start = date(2026, 1, 5)
    assert after(start, "6 month") - start == timedelta(days=181)
    assert after(start, "6 month") != after(start, "180 day")
