"""The named mistakes of pharmacy arithmetic, each with what went wrong and how it is seen.

Collected from where students of the field are known to fail: conversion, choice of formula,
set-up, concentration, rates, alligation, the sense of an answer, the missing check.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SlipKind:
    """A kind of mistake: its words, what was done, and the habit that catches it."""

    words: str
    done: str
    habit: str


SLIPS: dict[str, SlipKind] = {
    "tenfold": SlipKind(
        "tenfold slip",
        "the decimal point is one place off",
        "say between what the answer must lie before working it out",
    ),
    "thousandfold": SlipKind(
        "wrong prefix",
        "mg was taken for g, or mcg for mg",
        "write the unit beside every number and strike the units out",
    ),
    "inverted": SlipKind(
        "inverted ratio",
        "the fraction stands upside down",
        "strike the units out: what is left must be the unit that is wanted",
    ),
    "not converted": SlipKind(
        "a conversion left out",
        "two units were treated as one",
        "write the unit beside every number",
    ),
    "added not made up": SlipKind(
        "added instead of made up to",
        "the vehicle was taken as all of the final volume",
        "ask what the vessel holds in the end, and what part of it is the drug",
    ),
    "percent of wrong whole": SlipKind(
        "percent of the wrong whole",
        "a share was taken of what is left, or added where it must be divided",
        "say of what the share is taken, and put the answer back",
    ),
    "each for total": SlipKind(
        "each for all, or all for each",
        "the amount for one dose was taken for all of them, or the other way round",
        "write each amount with its 'per'",
    ),
    "diluent for total": SlipKind(
        "diluent for total",
        "what is added was taken for the whole, or the whole for what is added",
        "the parts must add up to the whole",
    ),
    "step left out": SlipKind(
        "a step left out",
        "a line of the working, or a number in it, is missing",
        "name what is wanted and go back from it, line by line",
    ),
    "wrong direction": SlipKind(
        "corrected the wrong way",
        "multiplied where it has to be divided, or added where it has to be taken off",
        "ask whether the answer must become larger or smaller",
    ),
    "rounded early": SlipKind(
        "rounded too early",
        "a line in the middle was rounded",
        "keep the fraction to the end and round once",
    ),
    "not made whole": SlipKind(
        "a part counted of what comes whole",
        "a line that has to be rounded to whole ones was not",
        "ask whether a part of one can be had",
    ),
    "rounded wrong way": SlipKind(
        "rounded the wrong way",
        "whole units were rounded down, or days rounded up",
        "ask what happens if there is too little",
    ),
    "pounds for kilograms": SlipKind(
        "pounds for kilograms",
        "the weight in pounds was used as kilograms",
        "look at the patient: can that be the weight?",
    ),
    "alligation crossed": SlipKind(
        "alligation crossed",
        "the parts stand at the wrong strength",
        "the stronger one is the smaller part when the target lies near the weaker",
    ),
    "salt for base": SlipKind(
        "salt for base",
        "the salt was taken for the base, or the other way round",
        "read what the dose is expressed as",
    ),
    "displacement forgotten": SlipKind(
        "displacement forgotten",
        "the room that the powder takes was not taken off",
        "add what goes in: does it come to the final volume?",
    ),
    "displacement added": SlipKind(
        "displacement added",
        "the room that the powder takes was added instead of taken off",
        "add what goes in: does it come to the final volume?",
    ),
    "excess forgotten": SlipKind(
        "excess forgotten",
        "only what is dispensed was counted",
        "read what the master formula says is made beyond the doses",
    ),
    "per day for per dose": SlipKind(
        "per day for per dose",
        "the amount for a day was given as one dose, or a dose as a day",
        "write each amount with its 'per'",
    ),
    "maximum forgotten": SlipKind(
        "maximum forgotten",
        "the limit of the dose was not looked at",
        "hold every dose by weight against its maximum",
    ),
    "markup for margin": SlipKind(
        "markup for margin",
        "a share of the cost was taken for a share of the price",
        "put the answer back: what share of which is it?",
    ),
    "masses for volumes": SlipKind(
        "masses taken for volumes",
        "a mass of one powder was taken off a mass of another, though they pack differently",
        "ask what room each powder takes, as a share of the shell",
    ),
    "loss forgotten": SlipKind(
        "water or assay forgotten",
        "the powder was taken as all drug",
        "ask what part of what is weighed is the drug, and whether the answer is larger for it",
    ),
    "valence forgotten": SlipKind(
        "valence left out",
        "millimoles were taken for milliequivalents",
        "write mEq and mmol apart: one mmol of a divalent ion is two mEq",
    ),
    "wrong measure": SlipKind(
        "another household measure",
        "a tablespoon was taken for a teaspoon",
        "write the measure out in full, then in mL",
    ),
    "density forgotten": SlipKind(
        "density forgotten",
        "1 mL was taken to weigh 1 g",
        "write mL or g beside every number: only water is about the same in both",
    ),
    "strengths averaged": SlipKind(
        "strengths averaged",
        "the strengths were averaged as if there were as much of each",
        "weigh each strength by how much of it there is",
    ),
    "wrong power": SlipKind(
        "added or squared wrongly",
        "a factor that holds for each step was added, or taken too often",
        "write one line for each ten degrees",
    ),
    "one for one": SlipKind(
        "one for one",
        "one of the source was counted for each that is made",
        "work out the drug in all first, then what holds it",
    ),
    "reason not seen": SlipKind(
        "a reason against it not seen",
        "what must not be made as it stands was passed",
        "ask of every preparation: may it be opened, kept, measured, weighed, given, filled",
    ),
    "reason not there": SlipKind(
        "a reason against it that is not there",
        "what may be made was refused, or refused for the wrong reason",
        "hold the number against its limit before refusing",
    ),
    "not needed": SlipKind(
        "used a number that is not needed",
        "a number in the story that has nothing to do with it",
        "name what is wanted first, and only then look for numbers",
    ),
}


def slip(name: str) -> SlipKind:
    """Return a kind of mistake by name.

    >>> slip("inverted").words
    'inverted ratio'
    """
    return SLIPS[name]
