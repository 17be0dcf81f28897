"""Made-up NADAC files: the layout of the real one, invented products and prices."""

from __future__ import annotations

import random
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

HEADER = (
    "NDC Description,NDC,NADAC Per Unit,Effective Date,Pricing Unit,Pharmacy Type Indicator,OTC,"
    "Explanation Code,Classification for Rate Setting,Corresponding Generic Drug NADAC Per Unit,"
    "Corresponding Generic Drug Effective Date,As of Date"
)
OLD_HEADER = (
    "NDC Description,NDC,NADAC_Per_Unit,Effective_Date,Pricing_Unit,Pharmacy_Type_Indicator,OTC,"
    "Explanation_Code,Classification_for_Rate_Setting,Corresponding_Generic_Drug_NADAC_Per_Unit,"
    "Corresponding_Generic_Drug_Effective_Date,As of Date"
)
NASAL = "12HR NASAL DECONGEST ER 120 MG,24385005452,0.28683,12/18/2024,EA,C/I,Y,1,G,,,01/01/2025"
SPRAY = (
    '24H NASAL ALLERGY 55 MCG SPRAY,46122038576,0.72316,12/18/2024,ML,C/I,Y,"1, 5",G,,,01/01/2025'
)
HOLDER = "TBD DO NOT DELETE OR RELEASE,00000001235,104.73750,12/18/2024,EA,C/I,N,1,B,,,01/01/2025"


def us(day: date) -> str:
    return f"{day:%m/%d/%Y}"


def line(
    ndc: str, price: str, effective: date, as_of: date, unit: str = "EA", name: str = "EXAMPLIN"
) -> str:
    return f"{name},{ndc},{price},{us(effective)},{unit},C/I,N,1,G,,,{us(as_of)}"


def write(path: Path, lines: Iterable[str], header: str = HEADER, end: str = "\n") -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(header + end)
        file.writelines(one + end for one in lines)
    return path


def year(rows: int, products: int, seed: int = 1) -> Iterable[str]:
    """Yield weekly snapshots: each product each week; about one price in four weeks is a new one.

    One row in a thousand is spoiled: a placeholder, ten digits, a stray quote, a day that is none.
    """
    draw = random.Random(seed)
    day, week, made = date(2025, 1, 1), timedelta(days=7), 0
    since = [day] * products
    price = [draw.randrange(100, 9_999_999) for _ in range(products)]
    while made < rows:
        for number in range(min(products, rows - made)):
            if draw.random() < 0.25:
                since[number], price[number] = day, draw.randrange(100, 9_999_999)
            ndc, amount = f"{number * 7 + 11:011d}", f"{price[number] / 1e5:.5f}"
            text = line(ndc, amount, since[number], day, ("EA", "ML", "GM")[number % 3])
            yield spoiled(text, ndc, made // 1000) if made % 1000 == 999 else text
            made += 1
        day += week


def spoiled(text: str, ndc: str, turn: int) -> str:
    return (
        HOLDER,
        text.replace(ndc, ndc[1:]),
        text.replace(",EA", ',"EA').replace(",ML", ',"ML').replace(",GM", ',"GM'),
        text.replace("/2025", "/25"),
    )[turn % 4]
