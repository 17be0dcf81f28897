"""Which device measures a volume, and how far off its mark is."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formulation.bench import Device
from formulation.benches import read_bench
from formulation.cited import Cited
from formulation.devices import measure, rounding, unmeasurable
from formulation.printing import show_error
from formulation.spread import Bounds
from formulation.units import Quantity

SOME = settings(max_examples=50, deadline=None)
DEVICES = read_bench().devices
ORAL = "oral syringe"
volumes = st.fractions(min_value=Fraction(1, 1000), max_value=100, max_denominator=1000)


def device(name: str, capacity: str, graduation: str, share: str = "0.2") -> Device:
    def fact(value: object) -> Cited:
        return Cited(value, "test", "test", date(2026, 1, 5))

    return Device(
        name=name,
        kind="spoon",
        capacity=fact(Quantity(Fraction(capacity), "mL")),
        graduation=fact(Quantity(Fraction(graduation), "mL")),
        least_share=fact(Fraction(share)),
    )


def by_name(name: str) -> Device:
    return next(d for d in DEVICES if d.name == name)


@pytest.mark.parametrize(
    ("volume", "name", "chosen", "times"),
    [
        ("0.2", "1 mL oral syringe", "0.2", 1),
        ("1", "1 mL oral syringe", "1", 1),
        ("1.01", "3 mL oral syringe", "1", 1),
        ("1.48", "3 mL oral syringe", "1.5", 1),
        ("4", "5 mL oral syringe", "4", 1),
        ("10", "10 mL oral syringe", "10", 1),
        ("20", "20 mL oral syringe", "20", 1),
        ("30", "20 mL oral syringe", "15", 2),
        ("41", "20 mL oral syringe", "14", 3),
    ],
)
def test_the_smallest_device_that_holds_the_volume_measures_it(volume, name, chosen, times):
    found = measure("dose", Quantity(Fraction(volume), "mL"), DEVICES, ORAL)
    assert found is not None
    assert (found.device, found.times) == (name, times)
    assert found.snapped.chosen == Quantity(Fraction(chosen), "mL")
    assert found.assumed


def test_a_dose_at_exactly_the_least_share_is_measured_and_one_below_it_is_not():
    at, below = Quantity(Fraction("0.2"), "mL"), Quantity(Fraction("0.199"), "mL")
    assert measure("dose", at, DEVICES, ORAL) is not None
    assert measure("dose", below, DEVICES, ORAL) is None


@SOME
@given(volumes)
def test_a_measured_volume_is_within_its_device_and_no_smaller_one_would_do(volume):
    asked = Quantity(volume, "mL")
    found = measure("dose", asked, DEVICES, ORAL)
    if found is None:
        assert volume < Fraction(1, 5)
        return
    used = by_name(found.device)
    assert used.kind == ORAL
    assert used.grid.reaches(found.snapped.asked)
    assert used.grid.reaches(found.snapped.chosen)
    assert found.snapped.asked * found.times == asked
    for other in DEVICES:
        if other.kind == ORAL and other.capacity.value < used.capacity.value:
            assert not other.grid.reaches(found.snapped.asked)


@SOME
@given(volumes)
def test_a_volume_is_drawn_in_as_few_equal_parts_as_the_largest_device_allows(volume):
    found = measure("dose", Quantity(volume, "mL"), DEVICES, ORAL)
    if found is not None:
        assert found.times == max(1, -(-volume // 20))


def test_the_order_of_the_devices_on_the_bench_does_not_matter():
    for volume in ("0.3", "1.2", "4", "7.5", "33"):
        asked = Quantity(Fraction(volume), "mL")
        assert measure("d", asked, DEVICES, ORAL) == measure("d", asked, DEVICES[::-1], ORAL)


def test_a_volume_that_would_round_to_nothing_is_not_measured():
    coarse = (device("spoon", "10", "5", "0.1"),)
    assert measure("dose", Quantity(2, "mL"), coarse, "spoon") is None


def test_a_bench_without_the_device_says_so():
    asked = Quantity(2, "mL")
    assert measure("dose", asked, DEVICES, "ladle") is None
    finding = unmeasurable("dose", asked, DEVICES, "ladle")
    assert (finding.code, finding.level) == ("no-device", "stop")
    assert "ladle" in finding.fix


@SOME
@given(st.fractions(min_value=Fraction(1, 1000), max_value=Fraction(199, 1000)))
def test_a_volume_too_small_is_stopped_and_the_dilution_offered_makes_it_measurable(volume):
    asked = Quantity(volume, "mL")
    finding = unmeasurable("dose", asked, DEVICES, ORAL)
    assert (finding.code, finding.level) == ("dose-not-measurable", "stop")
    assert finding.actual == asked
    assert finding.limit == Quantity(Fraction(1, 5), "mL")
    factor = int(finding.fix.split("at least ")[1].split(" times")[0].replace(",", ""))
    assert measure("dose", asked * factor, DEVICES, ORAL) is not None
    assert measure("dose", asked * (factor - 1), DEVICES, ORAL) is None


def test_a_volume_between_two_devices_is_stopped_with_what_to_add():
    gap = (device("small", "1", "0.01"), device("large", "20", "1"))
    asked = Quantity(2, "mL")
    assert measure("dose", asked, gap, "spoon") is None
    finding = unmeasurable("dose", asked, gap, "spoon")
    assert (finding.code, finding.level) == ("dose-not-measurable", "stop")
    assert "between" in finding.what
    assert "spoon" in finding.fix


TOLERANCE = Bounds(Quantity(Fraction(-1, 10)), Quantity(Fraction(1, 10)))


@pytest.mark.parametrize(("volume", "said"), [("10", []), ("12", ["note"]), ("6", ["note"])])
def test_a_volume_put_on_a_mark_is_said_with_its_error(volume, said):
    """How far off is too far is a question for the dose, not for the device."""
    spoons = (device("s", "20", "10", "0.1"),)
    found = measure("dose", Quantity(Fraction(volume), "mL"), spoons, "spoon")
    assert found is not None
    notes = rounding(found)
    assert [f.level for f in notes] == said
    assert all(show_error(found.snapped.error) in f.what for f in notes)
