"""A choice among several: which one was typed, whether it is right, and what it tells."""

from __future__ import annotations

from dataclasses import replace

from formulation.errors import quote
from formulation.likely import Likely
from formulation.marked import ALL, NONE, Marked, Part
from formulation.questions import Option, Question
from formulation.slips import SLIPS

LETTERS = "ABCDEFGHIJKL"


def mark_choice(question: Question, typed: str) -> Marked:
    """Return what a choice is worth: all or nothing, with what it tells."""
    options = question.options
    blank = Marked(
        question=question.name, typed=typed, points=NONE, parts=(Part("choice", NONE, ALL),),
        key=choice_text(options, question.right),
    )  # fmt: skip
    if not typed.strip():
        return replace(blank, notes=("no answer was given",))
    chosen = chosen_of(options, typed)
    if chosen is None:
        last = LETTERS[len(options) - 1]
        told = f"{quote(typed)} is none of the choices", f"type a letter from A to {last}"
        return replace(blank, read=False, notes=told)
    if chosen.right:
        return replace(blank, points=ALL, parts=(Part("choice", ALL, ALL, chosen.why),))
    kind = SLIPS.get(chosen.slip)
    tells = chosen.why if kind and kind.done not in chosen.why else ""
    found = Likely(chosen.slip, kind.words, kind.done, tells, kind.habit) if kind else None
    parts = (Part("choice", NONE, ALL, question.right.why),)
    notes = () if found or not chosen.why else (chosen.why,)
    return replace(blank, parts=parts, likely=found, notes=notes)


def choice_text(options: tuple[Option, ...], one: Option) -> str:
    """Return a choice with its letter; a line of a worksheet has it already."""
    if one.text.startswith(f"Line {LETTERS[options.index(one)]}"):
        return one.text
    return f"{LETTERS[options.index(one)]}: {one.text}"


def chosen_of(options: tuple[Option, ...], typed: str) -> Option | None:
    """Return the choice that was typed: its letter, its text, or how only it begins.

    >>> two = (Option("Yes: make it.", True, ""), Option("No: do not.", False, ""))
    >>> chosen_of(two, "b)").text, chosen_of(two, "yes").text, chosen_of(two, "maybe")
    ('No: do not.', 'Yes: make it.', None)
    """
    text = " ".join(typed.split()).casefold()
    letter = text.removeprefix("line ").rstrip(").:").upper()
    if len(letter) == 1 and letter in LETTERS[: len(options)]:
        return options[LETTERS.index(letter)]
    if len(text) < 2:
        return None
    begin = [one for one in options if one.text.casefold().startswith(text)]
    return begin[0] if len(begin) == 1 else None
