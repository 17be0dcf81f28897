"""A number as a Code 128 barcode whose modules are whole printer dots.

A module is at least a quarter of a millimetre where the label has room (2 dots at 203 to the inch,
3 at 300); ten modules on each side stay empty.
"""

from __future__ import annotations

from fractions import Fraction
from importlib.util import find_spec

from formulation.errors import FormulationError, quote
from formulation.pages import INCH, Barcode

QUIET = 10
LEAST_DOTS = {203: 2, 300: 3}
MOST_DOTS = {203: 3, 300: 5}


def modules(number: str) -> str:
    """Return the bars and gaps of a number, 1 for a bar; needs the extra `[print]`.

    Raises `FormulationError` where the extra is missing or the number cannot be encoded.
    """
    try:
        from zint import Symbol, Symbology, WarningLevel  # noqa: PLC0415  an extra
    except ImportError:
        what, fix = "a barcode needs zint-bindings", "pip install 'formulation-calculator[print]'"
        raise FormulationError("print-extra-missing", what, "the extra [print]", fix) from None
    symbol = Symbol()
    symbol.symbology = Symbology.CODE128
    symbol.warn_level = WarningLevel.FAIL_ALL
    try:
        symbol.encode(number)
    except RuntimeError as error:
        what, fix = f"no barcode of {quote(number)}: {error}", "use letters, digits and hyphens"
        raise FormulationError("label-preparation", what, "key preparation", fix) from None
    row = bytes(symbol.encoded_data)  # eight modules a byte, the lowest bit first
    return "".join(str(row[at // 8] >> at % 8 & 1) for at in range(symbol.width))


def can_draw() -> bool:
    """Say whether bars can be drawn: without the extra `[print]` a number stands alone."""
    return find_spec("zint") is not None


def check_dpi(dpi: int) -> None:
    """Refuse a printer whose dots are not known here."""
    if dpi not in LEAST_DOTS:
        fix = "use --dpi 203 or --dpi 300"
        raise FormulationError("label-dpi", f"no printer of {dpi} dpi", "option --dpi", fix)


def code128(number: str, dpi: int, room: Fraction) -> Barcode:
    """Return the widest barcode of a number that fits into `room` millimetres at `dpi`.

    Raises `FormulationError` where even the narrowest modules do not fit.
    """
    check_dpi(dpi)
    bars = modules(number)
    whole = len(bars) + 2 * QUIET
    dots = min(MOST_DOTS[dpi], int(room * dpi / INCH) // whole)
    if dots < LEAST_DOTS[dpi]:
        least = -(-LEAST_DOTS[dpi] * whole * INCH // dpi)
        what = f"the barcode of {quote(number)} is at least {least} mm wide at {dpi} dpi"
        fix = "take a wider label or a shorter preparation number"
        raise FormulationError("barcode-too-wide", what, "option --size", fix)
    return Barcode(number, bars, dots, dpi, Fraction(8))
