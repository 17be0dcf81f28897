"""What every "make it, or do not make this" is built of: the reasons, and the choices for one.

The library decides: a finding of level "stop" is the reason not to make it; none, and it is made.
"""

from __future__ import annotations

from dataclasses import dataclass

from formulation.family import Judged
from formulation.questions import Given, Option
from formulation.trace import Finding

GO = "as it stands: nothing is found against it."
REASONS = {
    "modified-release": "Do not make it: opening or crushing this source undoes how it "
    "releases its drug.",
    "no-date-supported": "Do not make it: no study supports any date for this liquid.",
    "dose-not-measurable": "Do not give it like this: no syringe here measures the volume of a "
    "dose.",
    "below-least-weighable": "Do not weigh it alone: it is less than this balance may weigh.",
    "calc-over-maximum": "Do not give it: it is above the maximum that is stated.",
    "capsule-too-full": "Do not fill it: the powder does not fit this shell.",
    "not-enough": "Do not make it: the source at hand does not hold enough drug.",
    "too-weak": "Do not make it: the dose is too small to matter.",
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the library says of one case: its stops, and why it is sound where it has none."""

    own: str
    others: tuple[str, str]
    stops: tuple[Finding, ...]
    sound: str
    source: str = ""
    verb: str = "Make it"


def judged(story: str, asked: str, given: tuple[Given, ...], verdict: Verdict) -> Judged:
    """Return the choices for a case: to make it, its own reason not to, and two that do not hold.

    The same four stand there whether it is sound or not. A case that the library stops for another
    reason alone, or for one of the two that are not to hold, is a mistake of its family.
    """
    codes = {one.code for one in verdict.stops}
    stop = next((one for one in verdict.stops if one.code == verdict.own), None)
    if codes & set(verdict.others) or (codes and stop is None):
        raise ValueError(f"{verdict.own}: the library finds {', '.join(sorted(codes))}")
    why = verdict.sound
    if stop:
        fix = stop.fix.partition(". ")[0]
        why = stop.what.removesuffix(".") + (f". Instead: {fix}" if "=" not in fix else "")
    options = (
        Option(
            f"{verdict.verb} {GO}", stop is None, why, "" if stop is None else "reason not seen"
        ),
        Option(
            REASONS[verdict.own], stop is not None, why, "reason not there" if stop is None else ""
        ),
        *(
            Option(REASONS[code], False, f"That is not so here. {why}", "reason not there")
            for code in verdict.others
        ),
    )
    sources = ", ".join(stop.sources) if stop and stop.sources else verdict.source
    told = stop.what if stop else verdict.sound
    return Judged(story=story, asked=asked, options=options, findings=verdict.stops, given=given,
                  facts=((told, sources or "worked out from what is given"),))  # fmt: skip
