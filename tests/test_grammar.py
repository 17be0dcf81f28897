"""What may be typed as an amount, and what is refused with what to type instead."""

import re
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from formulation.errors import FormulationError
from formulation.grammar import (
    DOSE,
    MASS,
    VOLUME,
    Wanted,
    read_bounds,
    read_number,
    read_quantity,
    read_share,
)
from formulation.printing import decimal, show
from formulation.spelling import LONGEST
from formulation.units import Quantity

SOME = settings(max_examples=60, deadline=None)
STRENGTH = Wanted("mg/cap", "100 mg/cap")
CONCENTRATION = Wanted("mg/mL", "25 mg/mL")

# text typed as a dose, code, what the fix has to say
REFUSED = [
    (".5 mg", "quantity-leading-point", "type 0.5 mg"),
    (".25mg", "quantity-leading-point", "type 0.25mg"),
    ("1.0 mg", "quantity-trailing-zero", "type 1 mg"),
    ("1.50 mg", "quantity-trailing-zero", "type 1.5 mg"),
    ("10.00 mg", "quantity-trailing-zero", "type 10 mg"),
    ("1,250.0 mg", "quantity-trailing-zero", "type 1,250 mg"),
    ("1,5 mg", "quantity-decimal-comma", "type 1.5 mg"),
    ("0,25 mg", "quantity-decimal-comma", "type 0.25 mg"),
    ("0,250 mg", "quantity-decimal-comma", "type 0.25 mg"),
    ("12,34 mg", "quantity-decimal-comma", "type 12.34 mg"),
    ("1250,5 mg", "quantity-decimal-comma", "type 1250.5 mg"),
    ("1 250 mg", "quantity-space-in-number", "type 1,250 mg"),
    ("1\u00a0250 mg", "quantity-space-in-number", "type 1,250 mg"),
    ("1\u202f250\u202f000 mg", "quantity-space-in-number", "type 1,250,000 mg"),
    ("1–2 mg", "quantity-range", "100 mg"),
    ("1-2 mg", "quantity-range", "100 mg"),
    ("1 - 2 mg", "quantity-range", "100 mg"),
    ("1 mg-2 mg", "quantity-range", "100 mg"),
    ("1 to 2 mg", "quantity-range", "100 mg"),
    ("50 mg to 100 mg", "quantity-range", "100 mg"),
    ("5 MG", "quantity-unit-spelling", "type 5 mg"),
    ("5 Mg", "quantity-unit-spelling", "type 5 mg"),
    ("5 mG", "quantity-unit-spelling", "type 5 mg"),
    ("5 mgs", "quantity-unit-spelling", "type 5 mg"),
    ("5 gm", "quantity-unit-spelling", "type 5 g"),
    ("5 G", "quantity-unit-spelling", "type 5 g"),
    ("5 gr", "quantity-household", "mg, mcg or mL"),  # a grain, or a gram misspelt
    ("5 NG", "quantity-unit-spelling", "type 5 ng"),
    ("5 grams", "quantity-unit-spelling", "type 5 g"),
    ("5 ug", "quantity-unit-spelling", "type 5 mcg"),
    ("5 MCG", "quantity-unit-spelling", "type 5 mcg"),
    ("5 KG", "quantity-unit-spelling", "type 5 kg"),
    ("5 ML", "quantity-unit-spelling", "type 5 mL"),
    ("5 cc", "quantity-unit-spelling", "type 5 mL"),
    ("5 U", "quantity-unit-spelling", "type 5 units"),
    ("5U", "quantity-unit-spelling", "type 5units"),
    ("5 u", "quantity-unit-spelling", "type 5 units"),
    ("5 iu", "quantity-unit-spelling", "type 5 units"),
    ("1e-3 mg", "quantity-exponent", "type 0.001 mg"),
    ("1E3 mg", "quantity-exponent", "type 1,000 mg"),
    ("1.5e-2mg", "quantity-exponent", "type 0.015 mg"),
    ("1e9 mg", "quantity-exponent", "type"),
    ("2 mg*mL", "quantity-not-one", "type one amount, for example 100 mg"),
    ("2**3 mg", "quantity-not-one", "100 mg"),
    ("10 mg 5 mg", "quantity-not-one", "100 mg"),
    ("5 mg 5", "quantity-not-one", "100 mg"),
    ("5 x 10 mg", "quantity-not-one", "100 mg"),
    ("1/2 mg", "quantity-not-one", "100 mg"),
    ("1 1/2 mg", "quantity-not-one", "100 mg"),
    ("1'250 mg", "quantity-not-one", "100 mg"),
    ("1.5.2 mg", "quantity-not-one", "100 mg"),
    ("1 00 mg", "quantity-not-one", "100 mg"),
    ("(5 mg)", "quantity-not-one", "100 mg"),
    ("5 mg.", "quantity-not-one", "100 mg"),
    ("5 mg?", "quantity-not-one", "100 mg"),
    ("~5 mg", "quantity-not-one", "100 mg"),
    ("<5 mg", "quantity-not-one", "100 mg"),
    ("about 5 mg", "quantity-not-one", "100 mg"),
    ("five mg", "quantity-not-one", "100 mg"),
    ("mg 5", "quantity-not-one", "100 mg"),
    ("$5", "quantity-not-one", "100 mg"),
    ("5 %", "quantity-not-one", "100 mg"),
    ("5 m g", "quantity-not-one", "100 mg"),
    ("5 mg/", "quantity-not-one", "100 mg"),
    ("5 mg/kg/day", "quantity-not-one", "100 mg"),
    ("5 mg//mL", "quantity-not-one", "100 mg"),
    ("5 \u338e", "quantity-not-one", "100 mg"),
    ("", "quantity-empty", "type 100 mg"),
    ("   ", "quantity-empty", "type 100 mg"),
    ("\u00a0", "quantity-empty", "type 100 mg"),
    ("-5 mg", "quantity-sign", "type it without a sign: 5 mg"),
    ("- 5 mg", "quantity-sign", "type it without a sign: 5 mg"),
    ("−5 mg", "quantity-sign", "type it without a sign: 5 mg"),
    ("+5 mg", "quantity-sign", "type it without a sign: 5 mg"),
    ("0 mg", "quantity-zero", "100 mg"),
    ("0.0 mg", "quantity-zero", "100 mg"),
    ("0mg", "quantity-zero", "100 mg"),
    ("nan mg", "quantity-not-a-number", "type 100 mg"),
    ("NaN", "quantity-not-a-number", "type 100 mg"),
    ("inf mg", "quantity-not-a-number", "type 100 mg"),
    ("Infinity mg", "quantity-not-a-number", "type 100 mg"),
    ("5", "quantity-no-unit", "add the unit: 5 mg"),
    ("1,250", "quantity-no-unit", "add the unit: 1,250 mg"),
    ("mg", "quantity-no-number", "put the number first: 100 mg"),
    ("milligrams", "quantity-no-number", "put the number first: 100 mg"),
    ("5. mg", "quantity-bare-point", "type 5 mg"),
    ("5.mg", "quantity-bare-point", "type 5mg"),
    ("05 mg", "quantity-leading-zero", "type 5 mg"),
    ("005 mg", "quantity-leading-zero", "type 5 mg"),
    ("٥ mg", "quantity-other-digits", "100 mg"),
    ("५ mg", "quantity-other-digits", "100 mg"),
    ("\uff15 mg", "quantity-other-digits", "100 mg"),
    ("½ mg", "quantity-other-digits", "100 mg"),
    ("5² mg", "quantity-other-digits", "100 mg"),
    ("五 mg", "quantity-other-digits", "100 mg"),
    ("5 mg\x1b[31m", "quantity-control-character", "type it anew: 100 mg"),
    ("5\x00mg", "quantity-control-character", "type it anew: 100 mg"),
    ("5\tmg", "quantity-control-character", "type it anew: 100 mg"),
    ("5 mg\n", "quantity-control-character", "type it anew: 100 mg"),
    ("\u202e5 mg", "quantity-control-character", "type it anew: 100 mg"),
    ("5\u200bmg", "quantity-control-character", "type it anew: 100 mg"),
    ("9" * 10_000, "quantity-too-long", "100 mg"),
    ("9" * 10_000 + " mg", "quantity-too-long", "100 mg"),
    ("1 tsp", "quantity-household", "mg, mcg or mL"),
    ("1 teaspoon", "quantity-household", "mg, mcg or mL"),
    ("1 Tbsp", "quantity-household", "mg, mcg or mL"),
    ("2 cups", "quantity-household", "mg, mcg or mL"),
    ("5 grains", "quantity-household", "mg, mcg or mL"),
    ("5 oz", "quantity-household", "mg, mcg or mL"),
    ("5 lbs", "quantity-household", "mg, mcg or mL"),
    ("5 mg/tsp", "quantity-household", "mg, mcg or mL"),
    ("5 milligrams", "quantity-unknown-unit", "mg"),
    ("5 M", "quantity-unknown-unit", "mg"),
    ("5 мг", "quantity-unknown-unit", "mg"),
    ("5 months", "quantity-unknown-unit", "day"),
    ("5 mgg", "quantity-unknown-unit", "mg"),
    ("5 mg/kg", "quantity-wrong-kind", "type it as in 100 mg"),
    ("5 mg per kg", "quantity-wrong-kind", "type it as in 100 mg"),
    ("5 mg/mL", "quantity-wrong-kind", "type it as in 100 mg"),
    ("5 mg/day", "quantity-wrong-kind", "type it as in 100 mg"),
    ("5 mL", "quantity-wrong-kind", "type it as in 100 mg"),
    ("5 capsules", "quantity-wrong-kind", "type it as in 100 mg"),
    ("100 IU", "quantity-wrong-kind", "type it as in 100 mg"),
    ("5 mEq", "quantity-wrong-kind", "type it as in 100 mg"),
    ("5 USD", "quantity-wrong-kind", "type it as in 100 mg"),
]


def code_of(text: str, wanted: Wanted = DOSE) -> tuple[str, str]:
    with pytest.raises(FormulationError) as refused:
        read_quantity(text, wanted)
    return refused.value.code, refused.value.fix


def outcome(read: Callable[..., Any], *arguments: Any) -> Any:
    """Return what was read or the refusal; anything else that is raised fails the test."""
    try:
        return read(*arguments)
    except FormulationError as error:
        return error


@pytest.mark.parametrize(("text", "code", "fix"), REFUSED, ids=[repr(r[0])[:40] for r in REFUSED])
def test_what_a_hand_types_wrongly_is_refused_and_the_fix_says_what_to_type(text, code, fix):
    found, said = code_of(text)
    assert found == code
    assert fix in said
    assert re.search(r"\b(type|add|put|use)\b", said)


@pytest.mark.parametrize("text", ["5 mg/0 mL", "5 mg per 0 capsules", "5 mg/0.0 mL"])
@pytest.mark.parametrize("wanted", [DOSE, CONCENTRATION, STRENGTH])
def test_an_amount_per_nothing_is_refused(text, wanted):
    with pytest.raises(FormulationError):
        read_quantity(text, wanted)


ACCEPTED = [
    ("100 mg", DOSE, Quantity(100, "mg")),
    ("250mg", DOSE, Quantity(250, "mg")),
    ("  100   mg ", DOSE, Quantity(100, "mg")),
    ("1,250 mg", DOSE, Quantity(1250, "mg")),
    ("1,250,000.5 mg", DOSE, Quantity(Fraction("1250000.5"), "mg")),
    ("1250 mg", DOSE, Quantity(1250, "mg")),
    ("0.5 mg", DOSE, Quantity(Fraction(1, 2), "mg")),
    ("0.05 g", DOSE, Quantity(50, "mg")),
    ("5 \u00b5g", DOSE, Quantity(5, "mcg")),
    ("5 \u03bcg", DOSE, Quantity(5, "mcg")),
    ("5 mcg", DOSE, Quantity(5, "mcg")),
    ("100\u00a0mg", DOSE, Quantity(100, "mg")),
    ("100\u202fmg", DOSE, Quantity(100, "mg")),
    ("10 ml", VOLUME, Quantity(10, "mL")),
    ("1 l", VOLUME, Quantity(1000, "mL")),
    ("250 mg per capsule", STRENGTH, Quantity(250, "mg/cap")),
    ("250 mg/cap", STRENGTH, Quantity(250, "mg/cap")),
    ("250mg/1 capsule", STRENGTH, Quantity(250, "mg/cap")),
    ("0.25 g per 1 cap", STRENGTH, Quantity(250, "mg/cap")),
    ("5 mg/5 mL", CONCENTRATION, Quantity(1, "mg/mL")),
    ("125 mg per 5 mL", CONCENTRATION, Quantity(25, "mg/mL")),
    ("1 g/L", CONCENTRATION, Quantity(1, "mg/mL")),
    ("5 mg/kg", Wanted("mg/kg_bw", "5 mg/kg"), Quantity(5, "mg/kg_bw")),
    ("230 mOsm/kg", Wanted("mOsm/kg", "230 mOsm/kg"), Quantity(230, "mOsm/kg")),
    ("12 hours", Wanted("day", "12 hours"), Quantity(Fraction(1, 2), "day")),
    ("2 weeks", Wanted("day", "2 weeks"), Quantity(14, "day")),
    ("30 capsules", Wanted("cap", "30 cap"), Quantity(30, "cap")),
    ("1050 USD", Wanted("USD", "10 USD"), Quantity(1050, "USD")),
]


@pytest.mark.parametrize(("text", "wanted", "meant"), ACCEPTED, ids=[a[0] for a in ACCEPTED])
def test_what_is_plain_is_read_exactly(text, wanted, meant):
    read = read_quantity(text, wanted)
    assert read == meant
    assert isinstance(read.magnitude, Fraction)


@pytest.mark.parametrize(
    ("text", "wanted", "meant"),
    [
        ("120.0 mg", MASS, Quantity(120, "mg")),
        ("1.620 g", MASS, Quantity(1620, "mg")),
        ("10.0 mL", VOLUME, Quantity(10, "mL")),
    ],
)
def test_trailing_zeros_are_precision_in_a_measurement_and_refused_in_a_dose(text, wanted, meant):
    assert read_quantity(text, wanted) == meant
    if wanted is MASS:
        assert code_of(text, DOSE)[0] == "quantity-trailing-zero"


def test_a_digit_lost_in_front_of_a_number_is_never_made_up():
    """The same digits with and without a comma, point or space are never one amount by accident."""
    assert read_quantity("1,250 mg") == Quantity(1250, "mg")
    assert read_quantity("1.25 mg") == Quantity(Fraction(5, 4), "mg")
    for text in ("1,25 mg", "1 250 mg", "1,250,00 mg", "0,250 mg", "01,250 mg", "1,2500 mg"):
        assert code_of(text)[0].startswith("quantity-")


# A suggestion is the text between these words; a fix that names none leaves the typing to us.
_AFTER = (
    r"type it without a sign: (.+)",
    r"type it with 0 to 9: (.+)",
    r"type it anew: (.+)",
    r"type it in mg, mcg or mL: (.+)",
    r"type (?:it|the one amount that is meant|one above zero),? as in (.+)",
    r"type it as in (.+)",
    r"type one amount, for example (.+)",
    r"add the unit: (.+)",
    r"put the number first: (.+)",
    r"type (.+?) if a decimal point was meant",
    r"type (.+?) if that is meant",
    r"type (.*?), or (?:put the point where it is missing|with a point if one is missing)",
    r"type the amount without zeros before it, as in (.+) or .+",
    r"type it with one point and no comma, or a comma every three digits: (.+)",
    r"type (.+)",
)


def suggested(fix: str) -> str | None:
    if "places moved" in fix:
        return None
    return next((m[1] for shape in _AFTER if (m := re.fullmatch(shape, fix))), None)


SINGLE_SLIPS = [text for text, code, _ in REFUSED if code != "quantity-unknown-unit"]


@pytest.mark.parametrize("text", SINGLE_SLIPS, ids=[repr(text)[:40] for text in SINGLE_SLIPS])
def test_typing_what_the_fix_says_is_accepted(text):
    """One slip is mended in one step; a suggested unit of another kind names the right kind."""
    _, fix = code_of(text)
    again = suggested(fix)
    if again is None:
        assert "places moved" in fix
        return
    read = outcome(read_quantity, again)
    if isinstance(read, FormulationError):
        assert read.code == "quantity-wrong-kind"
    else:
        assert read.magnitude > 0


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("00.5 mg", None),
        (",5 mg", "0.5 mg"),
        ("1.250,00 mg", None),
        ("1,250. mg", None),
        ("0 250 mg", None),
        ("00 mg", None),
        ("1, 5 mg", None),
        ("1,250,00 mg", None),
        ("1,5,5 mg", None),
        ("-.5 mg", None),
    ],
)
def test_a_fix_never_offers_text_that_is_itself_refused(text, meant):
    """What is offered to type is readable; where only one thing can be meant, it is that."""
    _, fix = code_of(text)
    offered = suggested(fix)
    assert offered is not None
    read = read_quantity(offered)
    if meant:
        assert read == read_quantity(meant)


def test_a_mended_unit_leaves_the_rest_of_the_text_alone():
    _, fix = code_of("5 capsules/u", Wanted("cap/IU", "5 cap/IU"))
    assert "capsules/units" in fix


numerals = st.from_regex(r"(?:0|[1-9][0-9]{0,4})(?:\.[0-9]{0,3}[1-9])?", fullmatch=True)
amounts = numerals.filter(lambda text: Fraction(text) > 0)


@SOME
@given(amounts)
def test_a_slip_with_one_meaning_is_mended_to_that_meaning(number):
    """Case, sign, exponent, trailing zeros: the suggestion reads as the amount that was meant."""
    meant = Quantity(Fraction(number), "mg")
    slips = [f"-{number} mg", f"+{number} mg", f"{number} MG", f"{number}Mg", f"{number} mgs"]
    slips += [f"{number}0 mg" if "." in number else f"{number}.00 mg", f"{number}e0 mg"]
    if number.startswith("0."):
        slips += [number[1:] + " mg", number.replace(".", ",") + " mg"]
    if "." not in number:
        slips += [f"{number}. mg", f"0{number} mg"]
    if Fraction(number) >= 1000 and "." not in number:
        slips += [f"{int(number):,} mg".replace(",", " ")]
    for slip in slips:
        _, fix = code_of(slip)
        offered = suggested(fix)
        assert offered is not None, slip
        assert read_quantity(offered) == meant, slip


anything = st.text(max_size=90)
nearly = st.lists(
    st.sampled_from(
        [*"0123456789.,-–+ /eE%*()$", "\u00a0", "\u202f", "mg", "MG", "mcg", "µg", "g", "mL", "U",
         " per ", "cap", "capsules", "kg", "tsp", " to ", "nan", "100 mg", "u", "day", "units"]
    ),
    max_size=9,
).map("".join)  # fmt: skip
places = st.sampled_from([DOSE, MASS, VOLUME, STRENGTH, CONCENTRATION, Wanted("day", "1 day")])


@settings(max_examples=250, deadline=None)
@given(st.one_of(anything, nearly), places)
def test_any_text_is_an_amount_above_zero_or_is_refused_in_words(text, wanted):
    read = outcome(read_quantity, text, wanted)
    if isinstance(read, FormulationError):
        assert read.code.startswith("quantity-")
        assert read.fix
        assert read.what.isprintable()
        assert len(read.what) < 300
        assert all(line.isprintable() for line in read.lines())
    else:
        assert read.magnitude > 0
        assert isinstance(read.magnitude, Fraction)


@settings(max_examples=150, deadline=None)
@given(nearly)
def test_following_the_fixes_ends_in_an_amount(text):
    """Whoever types what is offered, again and again, is never sent round in a circle."""
    seen = []
    for _ in range(8):
        try:
            assert read_quantity(text).magnitude > 0
        except FormulationError as error:
            seen.append((text, error.fix))
            again = suggested(error.fix)
            if again is None or error.code == "quantity-unknown-unit":
                return
            text = again
        else:
            return
    pytest.fail(f"still refused after eight tries: {seen}")


@settings(max_examples=150, deadline=None)
@given(st.one_of(anything, nearly))
def test_any_text_is_a_share_or_is_refused_in_words(text):
    share = outcome(read_share, text)
    if isinstance(share, FormulationError):
        assert share.code.startswith(("share-", "quantity-"))
        assert share.fix
    else:
        assert share >= 0
        assert isinstance(share, Fraction)


PRINTED = ["kg", "g", "mg", "mcg", "ng", "L", "mL", "cap", "tab", "dose", "drop", "each", "day",
           "week", "hour", "minute", "mEq", "mmol", "mOsm", "mg/cap", "mg/mL", "g/mL", "mL/dose",
           "cap/dose", "mg/day", "mOsm/kg", "mg/kg_bw"]  # fmt: skip


@st.composite
def four_digits(draw: st.DrawFn) -> Fraction:
    return draw(st.integers(1, 9999)) * Fraction(10) ** draw(st.integers(-8, 5))


@SOME
@given(four_digits(), st.sampled_from(PRINTED))
def test_what_is_printed_reads_back_equal(magnitude, unit):
    amount = Quantity(magnitude, unit)
    assert read_quantity(show(amount), Wanted(unit, "", dose=True)) == amount


def test_printed_units_of_activity_read_back():
    """100 IU print as "100 units", the word ISMP asks for; what is printed has to read back."""
    amount = Quantity(100, "IU")
    assert read_quantity(show(amount), Wanted("IU", "100 IU")) == amount


@SOME
@given(numerals, st.sampled_from(["mg", "mL"]))
def test_a_plain_decimal_is_read_digit_for_digit(number, unit):
    assume(Fraction(number) > 0)
    read = read_quantity(f"{number} {unit}", Wanted(unit, ""))
    assert read.magnitude == Fraction(number)
    assert decimal(read.magnitude).replace(",", "") == number


@pytest.mark.parametrize(
    ("text", "share"),
    [("5 %", "0.05"), ("0.5%", "0.005"), ("0 %", "0"), ("12.5 %", "0.125"), ("5.0 %", "0.05"),
     ("5\u00a0%", "0.05"), ("99.9 %", "0.999")],
)  # fmt: skip
def test_shares_are_read_in_percent(text, share):
    assert read_share(text) == Fraction(share)


@pytest.mark.parametrize(
    ("text", "code", "fix"),
    [
        ("5", "share-no-sign", "type 5 %"),
        ("0.05", "share-no-sign", "type 5 % or 0.05 %, whichever is meant"),
        ("", "quantity-empty", "type 5 %"),
        ("%", "share-not-a-share", "5 %"),
        ("five %", "share-not-a-share", "5 %"),
        ("5 percent", "share-not-a-share", "5 %"),
        ("5 %%", "share-not-a-share", "5 %"),
        ("1/2 %", "share-not-a-share", "5 %"),
        ("5 mg", "share-not-a-share", "5 %"),
        ("-5 %", "quantity-sign", "5 %"),
        ("+5 %", "quantity-sign", "5 %"),
        (".5 %", "quantity-leading-point", "type 0.5 %"),
        ("1,5 %", "quantity-decimal-comma", "type 1.5 %"),
        ("5e1 %", "quantity-exponent", "type 50 %"),
        ("5–10 %", "quantity-range", "5 %"),
        ("٥ %", "quantity-other-digits", "5 %"),
        ("5 %\n", "quantity-control-character", "5 %"),
        ("9" * (LONGEST + 1) + " %", "quantity-too-long", "5 %"),
    ],
)
def test_what_is_no_share_is_refused_with_what_to_type(text, code, fix):
    with pytest.raises(FormulationError) as refused:
        read_share(text)
    assert refused.value.code == code
    assert fix in refused.value.fix


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("90.0 to 120.0 %", Quantity(Fraction(9, 10)), Quantity(Fraction(6, 5))),
        ("5.5 to 6.5", Quantity(Fraction("5.5")), Quantity(Fraction("6.5"))),
        ("0.28 to 0.33 g/mL", Quantity(Fraction("0.28"), "g/mL"), Quantity(330, "mg/mL")),
        ("4.2", Quantity(Fraction("4.2")), Quantity(Fraction("4.2"))),
        ("0.67 g/mL", Quantity(670, "mg/mL"), Quantity(670, "mg/mL")),
        ("500 mg to 1 g", Quantity(500, "mg"), Quantity(1, "g")),
        ("5 %", Quantity(Fraction(1, 20)), Quantity(Fraction(1, 20))),
        ("3 to 5 %", Quantity(Fraction(3, 100)), Quantity(Fraction(1, 20))),
    ],
)
def test_bounds_are_read_with_their_unit(text, low, high):
    assert read_bounds(text) == (low, high)


@pytest.mark.parametrize(
    "text",
    ["", "to", "1 to", "to 5 mg", "2 to 3 to 4 mg", "5 mg to 5 mL", "1,5 to 2 g/mL", "0 to 5 mg",
     "mg", "1 to 2 tsp", ".5 to 1 g", "1–2 mg"],
)  # fmt: skip
def test_what_is_no_range_is_refused(text):
    with pytest.raises(FormulationError):
        read_bounds(text)


@pytest.mark.parametrize(
    "text",
    ["1,5 to 2 %", ".5 to 1 %", "1/2 to 1 %", "1e-3 to 5 %", "x to 5 %", "5 mg to 10 %", "%",
     "nan to 5 %", "- 5 to 5 %"],
)  # fmt: skip
def test_a_range_of_shares_is_read_as_strictly_as_a_share(text):
    """1,5 % must never be read as 15 %."""
    with pytest.raises(FormulationError):
        read_bounds(text)


@pytest.mark.parametrize("text", ["120.0 to 90.0 %", "6.5 to 5.5", "0.33 to 0.28 g/mL"])
def test_bounds_the_wrong_way_round_are_refused(text):
    with pytest.raises(FormulationError):
        read_bounds(text)


@settings(max_examples=80, deadline=None)
@given(st.one_of(anything, nearly))
def test_any_text_is_a_range_or_is_refused_in_words(text):
    read = outcome(read_bounds, text)
    assert isinstance(read, tuple) or read.fix


@pytest.mark.parametrize("text", ["30 capsules", "10 tablets", "5 caps", "2 ml", "5 µg"])
def test_a_spelling_that_is_read_as_an_amount_is_read_as_a_range(text):
    low, high = read_bounds(text)
    assert low == high
    assert low.magnitude > 0


@pytest.mark.parametrize("text", ["", "nan", "1,5", "-4.7", "1e3", "4.7 mg", ".5", "٤", "9" * 5000])
def test_what_is_no_number_is_refused(text):
    with pytest.raises(FormulationError):
        read_number(text)


def test_numbers_are_read_exactly():
    assert read_number("4.7") == Fraction(47, 10)
    assert read_number("1,250.5") == Fraction("1250.5")
