"""What goes into one capsule, and does it fit: the packing-statistic method.

P_i is the mass of a powder that fills the shell alone: weighed in that size, or its density times
the vendor's shell volume. Share of the shell taken = sum of m_i / P_i over all powders but the
filler (m is mass of powder, not of drug); filler = P_f x (1 - taken); theoretical fill = sum of
m_i + filler (source: pharmacy-times-packing, Allen, IJPC 2001;5:392-3). Masses are never taken from
volumes.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from formulation.printing import show_share
from formulation.trace import Worked, Working
from formulation.units import Quantity, total

ONE = Fraction(1)


@dataclass(frozen=True, slots=True)
class Shell:
    """One size of one vendor: its inner volume, where the vendor prints one."""

    size: str
    volume: Quantity | None
    vendor: str = ""


@dataclass(frozen=True, slots=True)
class Packs:
    """How a powder packs: its density, and what was weighed of it in shells of a size.

    `weighed` are pairs of size and net mass; a size that was weighed goes before the density.
    """

    name: str
    density: Quantity | None = None
    weighed: tuple[tuple[str, Quantity], ...] = ()

    def full(self, shell: Shell, working: Working) -> Quantity | None:
        """Return the mass of this powder that fills the shell alone, or None where none is known.

        >>> loose = Packs("cellulose", Quantity(Fraction("0.31"), "g/mL"))
        >>> loose.full(Shell("3", Quantity(Fraction("0.30"), "mL")), Working()).magnitude
        Fraction(93, 1)
        """
        found = next((mass for size, mass in self.weighed if size == shell.size), None)
        if found is not None:
            return found
        if self.density is None or shell.volume is None:
            return None
        return working.work(
            f"{self.name} that fills size {shell.size} alone", "density * volume",
            {"density": self.density, "volume": shell.volume},
            f"the shell volume of {shell.vendor or 'this vendor'}; vendors differ",
        ).to("mg")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Powder:
    """A powder in the capsule: its mass in one capsule and how it packs."""

    name: str
    mass: Quantity
    packs: Packs


@dataclass(frozen=True, slots=True)
class Recipe:
    """What one capsule is filled with: powders, a filler, a glidant as a share of the whole fill.

    `least_filler` is the smallest share of the fill that the filler may be. A glidant whose packing
    is not known counts by its mass and takes no volume: it lies on and between the other grains.
    """

    powders: tuple[Powder, ...]
    filler: Packs
    glidant: Packs | None = None
    glidant_share: Fraction = Fraction(0)
    least_filler: Fraction = Fraction(0)

    @property
    def mass(self) -> Quantity:
        """Return the mass of the powders without filler and glidant."""
        return total((powder.mass for powder in self.powders), "mg")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fill(Worked):
    """The fill of one shell: how full the powders make it, the filler, and the total.

    `fraction` above 1 means that it does not fit, by `over` of volume where the vendor gives one;
    then there is no filler and `filler` is None: never zero for a capsule that is too small.
    """

    shell: Shell
    fraction: Fraction
    filler: Quantity | None
    glidant: Quantity | None
    total: Quantity | None
    over: Quantity | None

    @property
    def size(self) -> str:
        """Return the size of the shell."""
        return self.shell.size

    @property
    def fits(self) -> bool:
        """Say whether the powders, the glidant and the least filler fit into the shell."""
        return self.fraction <= 1

    def share(self, drug: Quantity) -> Fraction | None:
        """Return which share of the fill a mass of drug is, where there is a fill."""
        return (drug / self.total).number() if self.total else None


def _taken(recipe: Recipe, full: tuple[Quantity, ...], working: Working) -> Quantity:
    """Return the share of the shell that the powders take."""
    shares = tuple(
        working.work(
            f"share of the shell taken by {powder.name}", "mass / full",
            {"mass": powder.mass, "full": alone},
            "by its own packing, never by subtracting masses from volumes",
        )
        for powder, alone in zip(recipe.powders, full, strict=True)
    )  # fmt: skip
    if len(shares) == 1:
        return shares[0]
    why = "volumes are taken to add up: true of like particles, to be checked on the first fills"
    return working.work("share of the shell taken", "sum(shares)", {"shares": shares}, why)


def _least(
    recipe: Recipe, taken: Quantity, full: dict[str, Quantity], working: Working
) -> Quantity:
    """Return the share of the shell taken with the glidant and the least filler in it."""
    if not recipe.glidant_share and not recipe.least_filler:
        return taken
    flow = "share / glidant + least / filler" if recipe.glidant else "least / filler"
    return working.work(
        "share of the shell with glidant and least filler",
        f"taken + powders / (1 - share - least) * ({flow})",
        {"taken": taken, "powders": recipe.mass, "share": recipe.glidant_share,
         "least": recipe.least_filler, **full},
        "the fill is at least the powders divided by what glidant and filler leave of it",
    )  # fmt: skip


def _total(
    recipe: Recipe, taken: Quantity, full: dict[str, Quantity], working: Working
) -> Quantity:
    """Return the whole fill of a full shell with a glidant in it."""
    flow = "share / glidant + (1 - share) / filler" if recipe.glidant else "(1 - share) / filler"
    return working.work(
        "fill of one capsule",
        f"(1 - taken + powders / filler) / ({flow})",
        {"taken": taken, "powders": recipe.mass, "share": recipe.glidant_share, **full},
        f"glidant is {show_share(recipe.glidant_share)} of the fill, the rest of the shell filler",
    ).to("mg")  # fmt: skip


def fill_shell(shell: Shell, recipe: Recipe) -> Fill | None:
    """Return the fill of one shell, topped up with filler; None where a packing is not known.

    >>> dense, light = (Quantity(Fraction(d), "g/mL") for d in ("0.60", "0.31"))
    >>> fill = fill_shell(Shell("3", Quantity(Fraction("0.30"), "mL")), Recipe(
    ...     (Powder("cycloserine", Quantity(50, "mg"), Packs("cycloserine", dense)),),
    ...     Packs("cellulose", light)))
    >>> fill.fits, fill.filler.magnitude
    (True, Fraction(403, 6))
    """
    working = Working()
    alone = tuple(powder.packs.full(shell, working) for powder in recipe.powders)
    top = recipe.filler.full(shell, working)
    flow = recipe.glidant.full(shell, working) if recipe.glidant else top
    known = tuple(mass for mass in alone if mass is not None)
    if len(known) != len(alone) or top is None or flow is None:
        return None
    full = {"filler": top, "glidant": flow}
    taken = _taken(recipe, known, working)
    fraction = _least(recipe, taken, full, working).number()
    if fraction > 1:
        over = shell.volume * (fraction - 1) if shell.volume else None
        return Fill(shell=shell, fraction=fraction, filler=None, glidant=None, total=None,
                    over=over, steps=tuple(working.steps))  # fmt: skip
    glidant = Quantity(Fraction(0), "mg")
    if recipe.glidant_share:
        whole = _total(recipe, taken, full, working)
        glidant = whole * recipe.glidant_share
        filler = working.work(
            f"filler in one size {shell.size} capsule", "fill * (1 - share) - powders",
            {"fill": whole, "share": recipe.glidant_share, "powders": recipe.mass},
            "what powders and glidant leave of the fill",
        )  # fmt: skip
    else:
        filler = working.work(
            f"filler in one size {shell.size} capsule", "full * (1 - taken)",
            {"full": top, "taken": taken},
            "the filler takes the rest of the shell, by its own packing",
        )  # fmt: skip
        whole = recipe.mass + filler
    over = Quantity(Fraction(0), "mL") if shell.volume else None
    return Fill(shell=shell, fraction=fraction, filler=filler.to("mg"), glidant=glidant,
                total=whole, over=over, steps=tuple(working.steps))  # fmt: skip


def fills(shells: tuple[Shell, ...], recipe: Recipe) -> tuple[Fill, ...]:
    """Return the fill of every shell whose packing is known, the smallest shell first.

    Where a volume is missing, the shell that the powders make fullest is the smallest.
    """
    found = [fill for shell in shells if (fill := fill_shell(shell, recipe)) is not None]
    volumes = {fill.size: fill.shell.volume.number("mL") for fill in found if fill.shell.volume}
    if len(volumes) == len(found):
        return tuple(sorted(found, key=lambda fill: volumes[fill.size]))
    return tuple(sorted(found, key=lambda fill: -fill.fraction))


def smallest(found: tuple[Fill, ...]) -> Fill | None:
    """Return the fill of the smallest shell that holds the powders, or None where none does."""
    return next((fill for fill in found if fill.fits), None)
