"""What will the patient pay, what is in it, what is not known yet: the verb `estimate`.

Nothing here is worked out anew: the money is the chosen route's cost, as `charges` reads it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from formulation.bench import Bench
from formulation.cited import Cited, Unknown
from formulation.errors import FormulationError
from formulation.offered import MADE, form, one_dose, quantity, shown, storage_words, until
from formulation.patient_charge import Charge, charge
from formulation.planning import plan
from formulation.prescription import Prescription
from formulation.records import Substance
from formulation.result import Route
from formulation.trace import Worked
from formulation.units import Quantity

_PLAIN = {
    "epilepsy": "seizures", "depression": "depression", "severe anxiety": "severe anxiety",
    "psychosis": "psychosis", "severe renal insufficiency": "kidney disease",
    "excessive concurrent use of alcohol": "",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Way:
    """One way that is offered: its route's id, its name in plain words, what it costs."""

    id: str
    name: str
    amount: Quantity | Unknown
    at_least: bool


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Estimate(Worked):
    """What a patient is told of the cost of one prescription; `example` marks what is no price."""

    route: Route
    form: str
    quantity: Quantity
    one_dose: Quantity
    compounded: bool
    charge: Charge
    refills: int
    ways: tuple[Way, ...]
    use_by: date | Unknown
    storage: str | Unknown
    tell: tuple[str, ...]
    alcohol: bool
    example: bool

    @property
    def may_be_made(self) -> bool:
        """Say whether what is estimated may be made."""
        return self.route.may_be_made

    @property
    def chosen(self) -> str | None:
        """Return the id of the route that is estimated, where it may be made."""
        return self.route.id if self.may_be_made else None


def _name(route: Route) -> str:
    """Return a way in plain words, apart from every other way."""
    what = form(route)
    if what == "capsules":
        return "Capsules, made by the pharmacy" if ":" not in route.id else f"Capsules: {route.id}"
    if route.kind == "liquid":
        if route.title.startswith("published formula: "):
            return f"Liquid by a {route.title}"
        tail = route.title.removeprefix("oral liquid for several days ")
        return f"Liquid {tail}, made by the pharmacy"
    if route.kind == "dispersion":
        return "As sold; you mix each dose fresh"
    return "As sold, taken whole"


def _tell(substance: Substance) -> tuple[tuple[str, ...], bool]:
    """Return what the prescriber must know, in plain words, and whether alcohol is among it."""
    fact = substance.contraindications
    if not isinstance(fact, Cited):
        return (), False
    words = [_PLAIN[one] for one in fact.value if _PLAIN.get(one)]
    return tuple(words), any("alcohol" in one for one in fact.value)


def _example(found: Charge, bench: Bench, example: bool) -> bool:
    """Say whether it is an example; refuse assumed prices that are not asked for as one."""
    if (bench.teaching or found.assumed) and not example:
        what = f"{bench.name}: its prices are assumptions, and no patient pays them"
        fix = "use a bench with your own prices; --example prints a page that says it is one"
        raise FormulationError("estimate-teaching-prices", what, "the bench", fix)
    return example


def estimate(prescription: Prescription, bench: Bench, example: bool = False) -> Estimate:
    """Return what the patient pays for the route asked for, else for the chosen one.

    >>> from datetime import date
    >>> from formulation.intake import read_case
    >>> from formulation.printing import show_money
    >>> p, b, _ = read_case(None, {"substance": "cycloserine", "dose": "100 mg", "doses": 10},
    ...                     date(2026, 1, 5))
    >>> found = estimate(p, b, example=True)
    >>> show_money(found.charge.today.magnitude), found.charge.at_least
    ('$141.20', True)

    Raises `FormulationError` for prices that are assumptions, unless it is to be an example.
    """
    every = plan(prescription, bench)
    route = shown(every)
    money = charge(route, bench)
    tell, alcohol = _tell(prescription.active.substance)
    usable = [one for one in every.routes if one.may_be_made]
    ways = ((one, charge(one, bench)) for one in usable)
    return Estimate(
        route=route,
        form=form(route),
        quantity=quantity(route),
        one_dose=one_dose(route, prescription),
        compounded=route.kind in MADE,
        charge=money,
        refills=prescription.refills,
        ways=tuple(Way(one.id, _name(one), c.today, c.at_least) for one, c in ways),
        use_by=until(route),
        storage=storage_words(route, prescription.words.storage),
        tell=tell,
        alcohol=alcohol,
        example=_example(money, bench, example),
        findings=(*every.findings, *route.findings),
        steps=route.steps,
    )
