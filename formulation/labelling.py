"""What stands on the label of a preparation, and what is missing for one: the verb `label`.

Strength of a unit = dose / units in a dose; of a liquid, drug in all of it / its volume.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from formulation.bench import Bench
from formulation.capsule_making import capsules
from formulation.cited import Cited, Unknown
from formulation.directions import misread
from formulation.errors import FormulationError
from formulation.handling import is_controlled
from formulation.offered import MADE, form, one_dose, quantity, shown, storage_words, until
from formulation.planning import plan
from formulation.prescription import LabelWords, Prescription
from formulation.result import Plan, Route
from formulation.trace import Worked
from formulation.units import Quantity

BY_MOUTH = "by mouth"
_WORDS = {
    "preparation": "preparation number", "pharmacy": "pharmacy", "phone": "phone",
    "prescription_number": "prescription number", "patient": "patient",
    "prescriber": "prescriber", "filled": "fill date", "refills": "refills",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Strength:
    """One active and how much of it is in one unit: in a capsule, or in all of a liquid."""

    name: str
    amount: Quantity
    per: Quantity


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Label(Worked):
    """What a label says of the preparation; `missing` names what keeps it from being one.

    The words of the prescription's own [label] are printed beside it and stand nowhere here.
    """

    route: Route
    number: str
    actives: tuple[Strength, ...]
    form: str
    quantity: Quantity
    one_dose: Quantity
    made: date
    use_by: date | Unknown
    storage: str | Unknown
    by: str
    statements: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def may_be_made(self) -> bool:
        """Say whether no stop stands against the preparation."""
        return not any(finding.level == "stop" for finding in self.findings)

    @property
    def chosen(self) -> str | None:
        """Return the id of the route that is labelled, where it may be made."""
        return self.route.id if self.may_be_made else None


def directions(prescription: Prescription) -> str:
    """Return the directions for the label: its own, else the prescriber's if none misreads them."""
    own, said = prescription.words.directions, prescription.sig
    return own or ("" if misread(said) else said)


def _strengths(route: Route, prescription: Prescription) -> tuple[Strength, ...]:
    count, one = prescription.units_per_dose, Quantity(Fraction(1), "cap")
    drugs = [(prescription.active.substance.printed, prescription.active.dose)]
    further = zip(route.balances[1:], prescription.making.also, strict=False)
    drugs += [(balance.substance, also.dose) for balance, also in further]
    if route.kind == "liquid":
        volume = quantity(route)
        strength = dict(route.amounts).get("strength on the label")
        held = strength * volume if isinstance(strength, Quantity) else route.balances[0].taken
        return (Strength(drugs[0][0], held, volume),)
    return tuple(Strength(name, dose / count, one) for name, dose in drugs)


def _statements(route: Route, prescription: Prescription) -> tuple[str, ...]:
    """Return the cautions that a label carries; each from a fact of the route or of the drug."""
    substance, found = prescription.active.substance, []
    if any(action.verb == "label" and "shake" in action.text for action in route.actions):
        found.append("Shake well before each dose")
    if route.kind == "liquid":
        tube = prescription.recipient.tube
        found.append(f"Measure in mL with the {'enteral' if tube else 'oral'} syringe")
    if any(finding.code == "humidity" for finding in route.findings):
        found.append("Keep dry and tightly closed")
    if isinstance(substance.look_alikes, Cited):
        found.append(f"{substance.printed}, not {', '.join(substance.look_alikes.value)}")
    if is_controlled(substance) and isinstance(substance.controlled, Cited):
        found.append(f"Controlled substance, {substance.controlled.value}")
    return tuple(found)


def _missing(words: LabelWords, storage: str | Unknown, said: str, bench: Bench) -> tuple[str, ...]:
    gone = [text for key, text in _WORDS.items() if getattr(words, key) in ("", None)]
    if not said:
        gone.append("directions")
    if isinstance(storage, Unknown):
        gone.append("storage")
    if bench.teaching:
        gone.append("a bench of your own")
    return tuple(gone)


def _outlasting(route: Route) -> tuple[str, ...]:
    """Return what keeps a label from standing where the doses last longer than the preparation."""
    if not any(finding.code == "supply-outlasts-date" for finding in route.findings):
        return ()
    return ("doses that end by the use-by date: make it in batches",)


def _made(every: Plan) -> str:
    """Return what to type for a label: a route that may be made ahead, where one may."""
    names = [route.id for route in every.routes if route.kind in MADE and route.may_be_made]
    if not names:
        return "nothing that may be made here carries a label: formulate plan says why"
    return f"name what is made: --route {names[0]}"


def label(prescription: Prescription, bench: Bench) -> Label:
    """Return what stands on the label of the route asked for, else of the chosen one.

    >>> from datetime import date
    >>> from formulation.intake import read_case
    >>> from formulation.printing import show
    >>> p, b, _ = read_case(None, {"substance": "cycloserine", "dose": "100 mg", "doses": 10},
    ...                     date(2026, 1, 5))
    >>> found = label(p, b)
    >>> found.actives[0].name, show(found.actives[0].amount), show(found.quantity)
    ('cycloSERINE', '100 mg', '10 capsules')

    Raises `FormulationError` where nothing is made ahead that a label could stand on.
    """
    every = plan(prescription, bench)
    route = shown(every)
    if route.kind not in MADE:
        what = f"{route.title}: nothing is made ahead that could carry a label"
        raise FormulationError("label-nothing-made", what, "route", _made(every))
    findings, outlasting = (*every.findings, *route.findings), _outlasting(route)
    if route.kind != "liquid":
        batch = capsules(replace(prescription, route=route.id), bench)
        route, findings = batch.route, batch.findings
    words = prescription.words
    storage, said = storage_words(route, words.storage), directions(prescription)
    return Label(
        route=route,
        number=words.preparation,
        actives=_strengths(route, prescription),
        form=form(route),
        quantity=quantity(route),
        one_dose=one_dose(route, prescription),
        made=route.batches[0].made,
        use_by=until(route),
        storage=storage,
        by=BY_MOUTH,
        statements=_statements(route, prescription),
        missing=(*outlasting, *_missing(words, storage, said, bench)),
        findings=findings,
        steps=route.steps,
    )
