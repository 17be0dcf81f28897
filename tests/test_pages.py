"""Pages: what was typed comes out as text, a PDF is always the same, a web page asks nobody."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from fractions import Fraction
from html import escape, unescape
from pathlib import Path

import pypdf
import pytest
from conftest import Ran
from hypothesis import given, settings
from hypothesis import strategies as st

from formulation import blocks as b
from formulation import pages as p
from formulation.barcode import LEAST_DOTS, QUIET, code128
from formulation.errors import FormulationError, safe
from formulation.page_data import page_data, runs
from formulation.page_fonts import FOLDER, covered, printable
from formulation.page_html import html
from formulation.page_text import as_report
from formulation.page_typst import pdf

Run = Callable[..., Ran]
NASTY = (
    "#let x = 1",
    "<script>alert(1)</script>",
    "*bold* _it_ `code` $x$",
    "@ref <tag>",
    "שרה כהן",
)
BROWSERS_OWN = (".google.com", ".googleapis.com", ".gvt1.com")  # asked for by Chromium itself
LABEL = "docs/examples/naltrexone-label.toml"
TMS = "docs/examples/cycloserine-tms.toml"
POOL = "docs/examples/cycloserine-pool.toml"
STOPPED = [TMS, "--route", "liquid-ora-plus"]
ROOT = Path(__file__).resolve().parent.parent
FILLED = (Fraction(12), Fraction(8))


def missing(program: str) -> str | None:
    """Return a program's path; where it is absent, skip, or fail if CI wants it."""
    found = shutil.which(program)
    if found is None:
        if os.environ.get("FORMULATE_PAGES_REQUIRED"):
            pytest.fail(f"{program} is not installed, and this run must not skip")
        pytest.skip(f"{program} is not installed")
    return found


def sheet(*blocks: p.PageBlock, sizes: tuple[Fraction, ...] = FILLED, mark: str = "") -> p.Sheet:
    return p.Sheet("A page", p.LETTER, (b.Heading("A page", 1), *blocks), sizes, mark=mark)


def nasty() -> p.Sheet:
    texts = tuple(b.Paragraph(text) for text in NASTY)
    rows = tuple((text, text) for text in NASTY)
    chart = b.Chart(("",), tuple((t, (b.Bar(Fraction(1), t),), False) for t in NASTY))
    table = b.Table(("a", "b"), rows)
    return sheet(*texts, b.Facts(rows), table, chart, p.Banner(NASTY[0]), p.Box(texts), p.Big(rows))


def flat(text: str) -> str:
    """Return a text without spaces and direction marks: a PDF breaks its lines where it likes."""
    return re.sub(r"[\s\u200e\u200f\u202a-\u202e\u2066-\u2069]", "", text)


def read(content: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(content))


def text_of(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in read(content).pages)


def shown(content: str) -> str:
    return unescape(re.sub(r"<[^>]*>", " ", content.split("<body")[1].partition(">")[2]))


@pytest.mark.parametrize("typed", NASTY[:4])
def test_markup_that_was_typed_comes_out_as_text_in_every_format(typed: str) -> None:
    page = nasty()
    assert flat(typed) in flat(text_of(pdf(page)))
    assert flat(typed) in flat(shown(html(page)))
    assert typed in [
        block.text for block in as_report(page).blocks if isinstance(block, b.Paragraph)
    ]
    assert "<script" not in html(page)


def test_typed_underscores_and_brackets_are_text_and_only_our_own_are_lines_and_boxes() -> None:
    typed = "________ [ ] Ada ____"
    page = sheet(b.Paragraph(typed), b.Paragraph(f"{b.BOX} made by {b.line(12)}"))
    written = html(page)
    assert flat(typed) in flat(text_of(pdf(page)))
    assert typed in shown(written)
    assert (written.count('class="blank"'), written.count('class="tick"')) == (1, 1)
    kinds = [one.kind for one in p.spans(typed)]
    assert kinds == ["text"]
    said = [block.text for block in as_report(page).blocks if isinstance(block, b.Paragraph)]
    assert safe(said[1]) == "[ ] made by ____________"


@pytest.mark.parametrize("name", ["________", "A ______ B", "[ ] yes"])
def test_a_name_of_underscores_on_a_label_is_no_line_to_write_on(
    name: str, formulate: Run, tmp_path: Path
) -> None:
    told = (ROOT / TMS).read_text("utf-8") + '\n[label]\npatient = "{}"\n'
    found = []
    for patient in (name, "Ada Example"):
        path, out = tmp_path / "p.toml", tmp_path / "label.html"
        path.write_text(told.format(patient), "utf-8")
        assert formulate("label", str(path), "--html", str(out), "--force").code == 0
        found.append(out.read_text("utf-8"))
    assert name in shown(found[0])
    for mark in ('class="blank"', 'class="tick"'):
        assert found[0].count(mark) == found[1].count(mark)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ('formulate capsules FILE --actual "short by ..." says', '--actual "short by ..."'),
        ('formulate uniformity --theory "146.3 mg" --shells', '--theory "146.3 mg"'),
        ("draw 1 mg/mL and 1,050 mg", "1 mg/mL"), ("draw 1,050 mg now", "1,050 mg"),
    ],
)  # fmt: skip
def test_an_option_and_its_value_and_a_number_and_its_unit_stay_on_one_line(
    text: str, kept: str
) -> None:
    found = p.spans(text)
    assert kept in [one.text for one in found if one.kind == "keep"]
    assert "".join(one.text for one in found) == text
    narrow = p.Paper("narrow", Fraction(60), Fraction(100), Fraction(5))
    page = p.Sheet("A", narrow, (b.Paragraph(f"{'word ' * 4}{text}"),), (Fraction(10),))
    lines = [flat(line) for line in read(pdf(page)).pages[0].extract_text().split("\n")]
    assert any(flat(kept) in line for line in lines), lines
    assert f'<span class="keep">{escape(kept)}</span>' in html(page)


def test_every_line_has_room_for_initials() -> None:
    (blank,) = [one for one in p.spans(f"who{b.line(4)}") if one.kind == "blank"]
    assert blank.width >= 16


def test_the_weighings_of_one_load_stand_on_one_page(formulate: Run, tmp_path: Path) -> None:
    out = tmp_path / "w.pdf"
    assert formulate("worksheet", POOL, "--pdf", str(out)).code == 0
    pages = [page.extract_text() for page in read(out.read_bytes()).pages]
    assert [len(re.findall(r"mg\s+net", text)) for text in pages if "load 1" in text] == [10]
    assert sum(("made by" in text) != ("released by" in text) for text in pages) == 0


def test_a_list_longer_than_a_page_runs_on_and_loses_nothing() -> None:
    rows = tuple((f"r{at}", f"gross {b.line(6)} end{at}.") for at in range(150))
    page = p.Sheet("A", p.LETTER, (b.Facts(rows, whole=True),), (Fraction(10),))
    text = flat(text_of(pdf(page)))
    assert all(f"end{at}." in text for at in range(150))


def test_a_hebrew_name_comes_out_as_text_and_in_a_font_of_its_own() -> None:
    page = nasty()
    found = flat(text_of(pdf(page)))
    assert "שרה" in found or "הרש" in found  # readers give lines from right to left either way
    assert "<bdi>שרה כהן</bdi>" in html(page)


def test_a_character_that_the_fonts_lack_is_printed_by_its_number_with_a_note() -> None:
    page = sheet(b.Paragraph("Ada 🙂"))
    found = flat(text_of(pdf(page)))
    assert "Ada[U+1F642]" in found
    assert "Notinthefontsofthispage,printedbynumber:U+1F642" in found
    assert "Ada 🙂" in html(page)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=20))
def test_what_is_printed_is_always_in_the_fonts_and_nothing_is_dropped(text: str) -> None:
    found = printable(text)
    assert set(found) - {"\n"} <= covered()
    assert len(found) >= len(text)


def test_a_mark_of_direction_never_reaches_a_page() -> None:
    page = sheet(b.Paragraph("a\u202eb\x1b[31m"))
    assert "\u202e" not in html(page)
    assert "[U+202E]" in html(page)
    assert "[U+202E]" in json.dumps(page_data(page))


def everything(formulate: Run, folder: Path) -> dict[str, bytes]:
    """Return every page of the program as a PDF."""
    found = {}
    for name, *words in (
        ("label", LABEL), ("note", *STOPPED), ("estimate", TMS, "--example"), ("worksheet", POOL),
        ("worksheet", POOL, "--master", "--paper", "a4"),
    ):  # fmt: skip
        out = folder / f"{name}{len(found)}.pdf"
        ran = formulate(name, *words, "--pdf", str(out))
        assert (ran.code, ran.out) == (0, ""), ran.err
        found[out.stem] = out.read_bytes()
    return found


def test_every_pdf_is_tagged_has_its_fonts_inside_and_its_text_can_be_read(
    formulate: Run, tmp_path: Path
) -> None:
    for name, content in everything(formulate, tmp_path).items():
        reader = read(content)
        root = reader.trailer["/Root"]
        assert root["/MarkInfo"]["/Marked"], name
        assert root["/StructTreeRoot"], name
        assert root["/Lang"] == "en", name
        assert b"pdfuaid:part" in root["/Metadata"].get_data(), name
        for page in reader.pages:
            assert len(page.extract_text()) > 100, name
            for font in page["/Resources"]["/Font"].values():
                (inner,) = font.get_object()["/DescendantFonts"]
                descriptor = inner.get_object()["/FontDescriptor"]
                assert "/FontFile2" in descriptor or "/FontFile3" in descriptor, name
        if not name.startswith("worksheet"):
            assert len(reader.pages) == 1, name


def test_the_same_page_gives_the_same_bytes(formulate: Run, tmp_path: Path) -> None:
    (tmp_path / "again").mkdir()
    assert everything(formulate, tmp_path) == everything(formulate, tmp_path / "again")


def test_a_page_that_cannot_stand_on_one_says_so_instead_of_running_over() -> None:
    with pytest.raises(FormulationError) as raised:
        pdf(sheet(*(b.Paragraph("x" * 80),) * 100))
    assert raised.value.code == "page-too-small"
    assert len(read(pdf(sheet(*(b.Paragraph("x " * 80),) * 100, sizes=(Fraction(10),)))).pages) > 1


def test_without_the_extra_a_pdf_is_refused_in_four_lines_and_a_web_page_is_written(
    formulate: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    monkeypatch.setitem(sys.modules, "zint", None)
    monkeypatch.setattr("formulation.barcode.find_spec", lambda name: None)
    out = tmp_path / "label.pdf"
    ran = formulate("estimate", TMS, "--example", "--pdf", str(out))
    assert ran.code == 2
    assert len(ran.err.splitlines()) == 4
    assert "pip install 'formulation-calculator[print]'" in ran.err
    assert list(tmp_path.iterdir()) == []
    page = tmp_path / "label.html"
    assert formulate("label", LABEL, "--html", str(page)).code == 0
    assert "2026-0105-07" in page.read_text("utf-8")
    assert "<svg" not in page.read_text("utf-8")


def test_nothing_is_overwritten_unless_it_is_asked_for(formulate: Run, tmp_path: Path) -> None:
    out = tmp_path / "note.html"
    out.write_text("mine", "utf-8")
    ran = formulate("note", *STOPPED, "--html", str(out))
    assert ran.code == 2
    assert out.read_text("utf-8") == "mine"
    assert formulate("note", *STOPPED, "--html", str(out), "--force").code == 0
    assert "Do not make this" in out.read_text("utf-8")


def test_of_two_files_none_is_written_where_one_cannot_be(formulate: Run, tmp_path: Path) -> None:
    there = tmp_path / "there.html"
    there.write_text("mine", "utf-8")
    ran = formulate("note", *STOPPED, "--pdf", str(tmp_path / "a.pdf"), "--html", str(there))
    assert ran.code == 2
    assert [one.name for one in tmp_path.iterdir()] == ["there.html"]


@pytest.mark.parametrize("place", ["no-such-folder/a.html", "folder"])
def test_of_two_files_none_is_written_where_a_folder_forbids_it(
    formulate: Run, tmp_path: Path, place: str
) -> None:
    (tmp_path / "folder").mkdir()
    there = tmp_path / "a.pdf"
    there.write_text("mine", "utf-8")
    web = str(tmp_path / place)
    ran = formulate("note", *STOPPED, "--pdf", str(there), "--html", web, "--force")
    assert ran.code == 2
    assert "cannot be written" in ran.err
    assert there.read_text("utf-8") == "mine"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a.pdf", "folder"]


def test_one_name_for_both_formats_is_refused(formulate: Run, tmp_path: Path) -> None:
    same = str(tmp_path / "same")
    ran = formulate("note", *STOPPED, "--pdf", same, "--html", same)
    assert ran.code == 2
    assert "is named twice" in ran.err
    assert list(tmp_path.iterdir()) == []


# HTML asks nobody.


def pages_as_html(formulate: Run, folder: Path) -> list[Path]:
    found = []
    for name, *words in (
        ("label", LABEL), ("note", *STOPPED), ("estimate", TMS, "--example"), ("worksheet", POOL),
    ):  # fmt: skip
        found.append(folder / f"{name}.html")
        assert formulate(name, *words, "--html", str(found[-1])).code == 0
    return found


def test_a_web_page_refers_to_nothing_outside_itself(formulate: Run, tmp_path: Path) -> None:
    for path in pages_as_html(formulate, tmp_path):
        text = path.read_text("utf-8")
        assert not re.search(r"<(script|link|img|iframe|object|embed|base|form|a)\b", text)
        assert not re.search(r"@import|url\(|\bsrc\s*=|\bhref\s*=|\bon\w+\s*=\s*[\"']", text)


def printed(path: Path, folder: Path) -> tuple[bytes, set[str]]:
    """Print a page in a headless browser that reaches nobody: the PDF, and whom it asked."""
    out, log = folder / "printed.pdf", folder / "net.json"
    command = [
        str(missing("chromium")), "--headless", "--disable-gpu", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync",
        "--disable-dev-shm-usage", f"--user-data-dir={folder / 'user'}",
        "--host-resolver-rules=MAP * ~NOTFOUND", f"--log-net-log={log}", "--no-pdf-header-footer",
        f"--print-to-pdf={out}", path.as_uri(),
    ]  # fmt: skip
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        command.insert(1, "--no-sandbox")
    subprocess.run(command, capture_output=True, timeout=120, check=True, env={
        **os.environ, "HOME": str(folder), "XDG_CONFIG_HOME": str(folder)})  # fmt: skip
    told = log.read_text("utf-8", "replace")
    asked = set(re.findall(r'"url":"(?:https?|wss?|ftp)://([^"/:]+)', told))
    return out.read_bytes(), {host for host in asked if not f".{host}".endswith(BROWSERS_OWN)}


def test_the_browser_tells_of_a_page_that_asks_outside(tmp_path: Path) -> None:
    """Without this the next test could not fail."""
    missing("chromium")
    path = tmp_path / "outside.html"
    path.write_text('<body>x<img src="http://outside.invalid/x.png"></body>', "utf-8")
    assert printed(path, tmp_path)[1] == {"outside.invalid"}


@pytest.mark.parametrize("name", ["estimate", "label"])
def test_a_browser_opens_it_asking_nobody_and_prints_one_page(
    name: str, formulate: Run, tmp_path: Path
) -> None:
    missing("chromium")
    (path,) = (one for one in pages_as_html(formulate, tmp_path) if one.stem == name)
    content, asked = printed(path, tmp_path)
    assert asked == set()
    reader = read(content)
    assert len(reader.pages) == 1
    wanted = "What your medicine will cost" if name == "estimate" else "NOT A PRESCRIPTION LABEL"
    assert flat(wanted) in flat(reader.pages[0].extract_text())
    width = {"estimate": p.LETTER.width, "label": Fraction(100)}[name]
    assert abs(float(reader.pages[0].mediabox.width) / 72 * 25.4 - float(width)) < 1


# Barcodes.


@settings(max_examples=100, deadline=None)
@given(st.from_regex(r"[A-Za-z0-9][A-Za-z0-9-]{0,20}", fullmatch=True), st.sampled_from([203, 300]))
def test_the_modules_of_a_barcode_are_whole_dots_and_fit_with_quiet_zones(
    number: str, dpi: int
) -> None:
    found = code128(number, dpi, Fraction(150))
    assert found.dots >= LEAST_DOTS[dpi]
    assert (len(found.modules) + 2 * QUIET) * found.module <= 150
    assert (found.module * dpi / p.INCH).denominator == 1
    assert sum(width for _, width in runs(found.modules)) == found.modules.count("1")
    assert found.modules.startswith("11")
    assert found.modules.endswith("1100011101011")  # the stop of Code 128


@pytest.mark.parametrize("dpi", [203, 300])
@pytest.mark.parametrize("number", ["2026-0105-07", "A", "7", "RX-abc-00123456789"])
def test_a_printed_barcode_reads_back_as_its_number(
    number: str, dpi: int, formulate: Run, tmp_path: Path
) -> None:
    import zxingcpp
    from PIL import Image

    tool = missing("pdftoppm")
    told = (ROOT / LABEL).read_text("utf-8").replace("2026-0105-07", number)
    (tmp_path / "rx.toml").write_text(told, "utf-8")
    out = tmp_path / "label.pdf"
    ran = formulate("label", str(tmp_path / "rx.toml"), "--pdf", str(out), "--dpi", str(dpi))
    assert ran.code == 0, ran.err
    subprocess.run([str(tool), "-r", str(dpi), "-gray", str(out), str(tmp_path / "x")], check=True)
    (picture,) = tmp_path.glob("x*.pgm")
    found = zxingcpp.read_barcodes(Image.open(picture))
    assert [(one.text, one.format.name) for one in found] == [(number, "Code128")]


def test_the_fonts_come_with_their_licence_and_are_all_that_is_shipped() -> None:
    names = {path.name for path in FOLDER.iterdir()}
    assert names == {
        "NotoSans-Regular.ttf", "NotoSans-Bold.ttf", "NotoSansHebrew-Regular.ttf",
        "NotoSansHebrew-Bold.ttf", "OFL.txt",
    }  # fmt: skip
    assert "SIL OPEN FONT LICENSE" in (FOLDER / "OFL.txt").read_text("utf-8")


@pytest.mark.parametrize("size", ["100 x 50 mm", "57x32mm", "101.6 x 50.8 mm"])
def test_a_label_has_the_size_that_was_asked_for(size: str) -> None:
    found = p.label_size(size)
    page = p.Sheet("Label", found, (b.Heading("x", 1),), FILLED)
    box = read(pdf(page)).pages[0].mediabox
    assert abs(float(box.width) - float(found.width / p.INCH * 72)) < 0.01
    assert abs(float(box.height) - float(found.height / p.INCH * 72)) < 0.01
