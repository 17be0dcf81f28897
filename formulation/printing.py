"""How an amount is written so that it is read right: the only formatter in the library.

Leading zero always, trailing zero never, thousands comma from 1,000, mcg and mL, a space
before the unit, and an amount that is not zero never prints as zero (sources: ISMP error-prone
dose designations; docs/method/quantities.md has the whole policy). Rounding is half away from
zero, once, at the end.
"""

from __future__ import annotations

from fractions import Fraction

from formulation.units import Number, Quantity

DIGITS = 4
_MASSES = ("ng", "mcg", "mg", "g", "kg")
_SYMBOLS = {"kg_bw", "floz", "degC", "degF"}
_NOUNS = {
    "cap": ("capsule", "capsules"),
    "tab": ("tablet", "tablets"),
    "dose": ("dose", "doses"),
    "drop": ("drop", "drops"),
    "each": ("piece", "pieces"),
    "day": ("day", "days"),
    "week": ("week", "weeks"),
    "hour": ("hour", "hours"),
    "minute": ("minute", "minutes"),
    "second": ("second", "seconds"),
    "IU": ("unit", "units"),
    "kg_bw": ("kg", "kg"),
    **{
        word: (word, f"{word}s")
        for word in ("grain", "dram", "scruple", "minim", "pint", "quart", "gallon", "cup", "part")
    },
    "tsp": ("teaspoon", "teaspoons"),
    "tbsp": ("tablespoon", "tablespoons"),
    "floz": ("fl oz", "fl oz"),
    "inch": ("inch", "inches"),
    "degC": ("°C", "°C"),
    "degF": ("°F", "°F"),
}


def half_away(value: Fraction) -> int:
    """Round to the nearest whole number, halves away from zero.

    >>> half_away(Fraction(5, 2)), half_away(Fraction(-5, 2)), half_away(Fraction(7, 3))
    (3, -3, 2)
    """
    whole = (abs(value) * 2 + 1) // 2
    return int(whole if value >= 0 else -whole)


def to_places(value: Fraction, places: int) -> Fraction:
    """Round to `places` decimals, halves away from zero.

    >>> to_places(Fraction("8.645"), 2)
    Fraction(173, 20)
    """
    scale = Fraction(10) ** places
    return half_away(value * scale) / scale


def _exponent(value: Fraction) -> int:
    """Return the power of ten of the first significant digit."""
    value, power = abs(value), 0
    while value >= 10:
        value, power = value / 10, power + 1
    while value < 1:
        value, power = value * 10, power - 1
    return power


def terminates(value: Fraction) -> bool:
    """Say whether the decimal ends.

    >>> terminates(Fraction(14, 5)), terminates(Fraction(1, 3))
    (True, False)
    """
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return rest == 1


def significant(value: Fraction, digits: int = DIGITS) -> Fraction:
    """Round to `digits` significant digits, halves away from zero; whole numbers stay whole.

    >>> significant(Fraction("2.6682")), significant(Fraction(12345))
    (Fraction(667, 250), Fraction(12345, 1))
    """
    if value == 0 or value.denominator == 1:
        return value
    return to_places(value, max(digits - 1 - _exponent(value), 0))


def decimal(value: Fraction, places: int | None = None) -> str:
    """Write a terminating fraction as a decimal with thousands commas, without rounding.

    >>> decimal(Fraction(5001, 4)), decimal(Fraction(35), 2)
    ('1,250.25', '35.00')
    """
    sign, value = ("-" if value < 0 else ""), abs(value)
    whole, rest = divmod(value, 1)
    digits = ""
    while rest:
        rest *= 10
        digits += str(int(rest))
        rest -= int(rest)
    if places is not None:
        digits = digits.ljust(places, "0")
    return f"{sign}{int(whole):,}" + (f".{digits}" if digits else "")


def show_number(value: Number) -> str:
    """Write a pure number to four significant digits.

    >>> show_number(Fraction(14, 5)), show_number(Fraction(1, 3)), show_number(30)
    ('2.8', '0.3333', '30')
    """
    return decimal(significant(Fraction(value)))


def show_money(value: Fraction) -> str:
    """Write dollars and cents; an amount below half a cent says so instead of printing zero.

    >>> show_money(Fraction("8.645")), show_money(Fraction(1050)), show_money(Fraction(1, 1000))
    ('$8.65', '$1,050.00', 'less than $0.01')
    """
    cents = to_places(value, 2)
    if value and not cents:
        return "less than $0.01"
    return ("-$" if cents < 0 else "$") + decimal(abs(cents), 2)


def _unit_price(value: Fraction) -> str:
    exact = to_places(value, 5)
    if not exact:
        return show_money(value)
    places = max(2, len(decimal(exact).partition(".")[2]))
    return ("-$" if exact < 0 else "$") + decimal(abs(exact), places)


def noun(unit: str, amount: Fraction) -> str:
    """Return the word for a counted unit, or the symbol as it is.

    >>> noun("cap", Fraction(1)), noun("cap", Fraction(14, 5)), noun("mg", Fraction(2))
    ('capsule', 'capsules', 'mg')
    """
    one, many = _NOUNS.get(unit, (unit, unit))
    return many if amount > 1 or amount == 0 else one


def _unit_text(unit: str, amount: Fraction) -> str:
    head, *under = unit.split("/")
    text = " ".join(noun(part, amount) for part in head.split("·"))
    for part in under:
        word = noun(part, Fraction(1))
        text += f" per {word}" if part in _NOUNS and part not in _SYMBOLS else f"/{word}"
    return text


def readable(quantity: Quantity) -> Quantity:
    """Return a mass in the unit in which it prints: next smaller below 1, next larger from 10,000.

    >>> readable(Quantity(Fraction("0.0025"), "g")).unit
    'mg'
    """
    if quantity.unit not in _MASSES or not quantity:
        return quantity
    place = _MASSES.index(quantity.unit)
    while abs(quantity.magnitude) < 1 and place > 0:
        place -= 1
        quantity = quantity.to(_MASSES[place])
    while abs(quantity.magnitude) >= 10_000 and place < len(_MASSES) - 1:
        place += 1
        quantity = quantity.to(_MASSES[place])
    return quantity


def show(value: Quantity | Number) -> str:
    """Write an amount as it is printed everywhere: on the screen, in the JSON text, on a page.

    >>> show(Quantity(Fraction("0.0025"), "g"))
    '2.5 mg'
    >>> show(Quantity(Fraction(1250), "mg")), show(Quantity(Fraction(14, 5), "cap"))
    ('1,250 mg', '2.8 capsules')
    >>> show(Quantity(Fraction(35), "USD/cap")), show(Quantity(Fraction(25), "mg/mL"))
    ('$35.00 per capsule', '25 mg/mL')
    """
    if not isinstance(value, Quantity):
        return show_number(value)
    if value.unit == "USD":
        return show_money(value.magnitude)
    if value.unit.startswith("USD/"):
        return _unit_price(value.magnitude) + _unit_text(value.unit, Fraction(1))[len("USD") :]
    value = readable(value)
    value = readable(Quantity(significant(value.magnitude), value.unit))
    number = show_number(value.magnitude)
    return f"{number} {_unit_text(value.unit, value.magnitude)}".rstrip()


def show_exact(value: Quantity | Number) -> str:
    """Write an amount without rounding: as a decimal where it ends, else as a fraction.

    >>> show_exact(Quantity(Fraction(2, 3), "cap")), show_exact(Fraction(21, 20))
    ('2/3 capsule', '1.05')
    """
    magnitude = value.magnitude if isinstance(value, Quantity) else Fraction(value)
    text = decimal(magnitude) if terminates(magnitude) else str(magnitude)
    if not isinstance(value, Quantity):
        return text
    if value.unit.startswith("USD"):
        return show(value)
    return f"{text} {_unit_text(value.unit, magnitude)}".rstrip()


def show_dose(value: Quantity) -> str:
    """Write a dose or a strength as prescribed: in full where its decimal ends, never rounded.

    >>> show_dose(Quantity(Fraction("1000.5"), "mg")), show_dose(Quantity(Fraction(100, 3), "mg"))
    ('1,000.5 mg', '33.33 mg')
    """
    scaled = readable(value)
    return show_exact(scaled) if terminates(scaled.magnitude) else show(value)


def show_share(value: Fraction) -> str:
    """Write a share in percent.

    >>> show_share(Fraction(1, 20)), show_share(Fraction(1, 19))
    ('5 %', '5.263 %')
    """
    return f"{show_number(value * 100)} %"


def show_part(value: Fraction) -> str:
    """Write a part of something to take: a decimal, with the exact fraction where it does not end.

    >>> show_part(Fraction(21, 25)), show_part(Fraction(20, 21))
    ('0.84', '0.9524 (20/21)')
    """
    return show_number(value) + ("" if terminates(value) else f" ({value})")


def show_error(value: Fraction) -> str:
    """Write a signed deviation in percent; an exact result says so.

    >>> show_error(Fraction(1, 74)), show_error(Fraction(-3, 200)), show_error(Fraction(0))
    ('+1.351 %', '-1.5 %', 'exact')
    """
    if not value:
        return "exact"
    return f"{'+' if value > 0 else ''}{show_number(value * 100)} %"


def show_range(low: Quantity, high: Quantity) -> str:
    """Write an interval with its unit once.

    >>> show_range(Quantity(45, "mg"), Quantity(60, "mg"))
    '45 to 60 mg'
    """
    if low == high:
        return show(low)
    small, large = readable(low), readable(high)
    if small.unit != large.unit or small.unit.startswith("USD"):
        return f"{show(low)} to {show(high)}"
    return f"{show_number(small.magnitude)} to {show(large)}"


def told_apart(value: Fraction, limit: Fraction) -> str:
    """Write a number with as many digits as tell it from its limit, four at the least.

    >>> told_apart(Fraction("15.0004"), Fraction(15)), told_apart(Fraction("15.02"), Fraction(15))
    ('15.0004', '15.02')
    """
    for digits in range(DIGITS, 31):
        shown = significant(value, digits)
        if value == limit or shown != limit:
            return decimal(shown)
    return f"about {decimal(limit)}"


def told_above(value: Fraction, limit: Fraction) -> str:
    """Write a number known to lie above its limit, though its cut root may not show it.

    >>> told_above(Fraction("15.02"), Fraction(15)), told_above(Fraction(15), Fraction(15))
    ('15.02', 'a hair over 15')
    """
    return told_apart(value, limit) if value > limit else f"a hair over {decimal(limit)}"
