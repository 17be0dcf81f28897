"""A sheet as a PDF: tagged (PDF/UA-1), its fonts inside, the same bytes for the same sheet.

The template reads data and nothing else; it needs the extra `[print]`.
"""

from __future__ import annotations

import json
from pathlib import Path

from formulation.errors import FormulationError
from formulation.page_data import page_data
from formulation.page_fonts import FOLDER
from formulation.pages import Sheet

TEMPLATE = Path(__file__).parent / "layout" / "page.typ"


def pdf(sheet: Sheet) -> bytes:
    """Return a sheet as the bytes of a PDF.

    Raises `FormulationError` where the extra is missing, or where a sheet that has to stand on one
    page does not.
    """
    try:
        import typst  # noqa: PLC0415  an extra
    except ImportError:
        what, fix = (
            "a PDF needs typst",
            "pip install 'formulation-calculator[print]', or use --html",
        )
        raise FormulationError("print-extra-missing", what, "option --pdf", fix) from None
    try:
        found = typst.compile(
            str(TEMPLATE), font_paths=[str(FOLDER)], ignore_system_fonts=True, format="pdf",
            sys_inputs={"page": json.dumps(page_data(sheet))}, pdf_standards=["ua-1"],
        )  # fmt: skip
    except typst.TypstError as error:
        if "does-not-fit" not in str(error):
            raise
        size = f"{float(sheet.paper.width):g} x {float(sheet.paper.height):g} mm"
        what, fix = f"{sheet.title}: too much for one page of {size}", "take a larger one"
        raise FormulationError("page-too-small", what, "option --size or --paper", fix) from None
    return bytes(found)
