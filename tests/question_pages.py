"""What stands on the page of the questions: every family, and every slip.

docs/method/questions.md is generated from this with cog.
"""

from __future__ import annotations


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def families() -> str:
    """Return the table of families: name, what it asks, topic, minutes, kinds, a calculator."""
    from formulation.draws import Draw
    from formulation.families import FAMILIES
    from formulation.questions import LEVELS, TOPICS
    from formulation.syllabus import TEACHING

    rows = [_row("family", "about", "topic", "minutes at levels 1 to 4", "kinds", "confirmed by"),
            _row(*["---"] * 6)]  # fmt: skip
    for one in FAMILIES:
        found = set()
        for level in LEVELS:
            if one.draw:
                found.add(one.draw(Draw(1, "page"), level, TEACHING).calculator)
        kinds = ", ".join(one.kinds_at(4))
        if one.single:
            kinds += f" (error from level {min(set(LEVELS) - set(one.single))})"
        calculators = ", ".join(f"`calc {name}`" for name in sorted(found - {""}))
        minutes = ", ".join(str(number) for number in one.minutes)
        by = calculators or ("the findings of the library" if one.judge else "the worksheet alone")
        rows.append(_row(f"`{one.name}`", one.title, TOPICS[one.topic], minutes, kinds, by))
    return "\n".join(rows)


def slips() -> str:
    """Return the table of slips: the name, what was done, the habit that catches it."""
    from formulation.slips import SLIPS

    rows = [_row("slip", "what was done", "the habit that catches it"), _row("---", "---", "---")]
    rows += [_row(one.words, one.done, one.habit) for one in SLIPS.values()]
    return "\n".join(rows)
