"""The price book: all of a file or nothing, in any order, as often as you like; a day's price."""

from __future__ import annotations

import json
import os
import random
import resource
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import nadac
import pytest
from conftest import ROOT, Ran
from hypothesis import given, settings
from hypothesis import strategies as st

from formulation.cited import Unknown
from formulation.errors import FormulationError
from formulation.price_book import LABEL, Found, at, price_at
from formulation.price_import import Imported, import_prices, listed
from formulation.price_report import price_report
from formulation.price_rows import CODES, REASONS
from formulation.units import Quantity

Run = Callable[..., Ran]
DAY = date(2026, 11, 23)
NEW_YEAR = date(2025, 1, 1)
NDC = "24385005452"


@pytest.fixture
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("FORMULATE_HOME", str(tmp_path / "home"))
    return tmp_path


def content(book: Path) -> list[tuple[object, ...]]:
    """Return all that the book says, without the days on which it was told."""
    connection = sqlite3.connect(book)
    rows = connection.execute("SELECT * FROM prices ORDER BY ndc, effective, price, unit")
    found = rows.fetchall()
    found += connection.execute(
        "SELECT sha256, rows, used, prices, first_as_of, last_as_of, skipped FROM imports "
        "ORDER BY sha256"
    ).fetchall()
    connection.close()
    return found


def refusal(file: Path) -> FormulationError:
    """Return why a file is refused, and hold that nothing was written for it."""
    book = file.parent / "book.sqlite3"
    before = book.read_bytes() if book.exists() else None
    with pytest.raises(FormulationError) as refused:
        import_prices(file, DAY, book=book)
    assert (book.read_bytes() if book.exists() else None) == before
    assert refused.value.fix
    return refused.value


# An import.


def test_an_import_counts_every_row(home: Path) -> None:
    again = nadac.NASAL.replace("01/01/2025", "01/08/2025")
    bad = nadac.SPRAY.replace("46122038576", "4612203857")
    lines = [nadac.NASAL, nadac.SPRAY, nadac.HOLDER, again, bad, bad, "", nadac.NASAL + ",X"]
    found = import_prices(nadac.write(home / "n.csv", lines), DAY)
    assert (found.file.rows, found.file.used, found.file.prices, found.new_prices) == (8, 3, 2, 2)
    told = {one.reason: (one.rows, one.first_line) for one in found.file.skipped}
    assert told == {"placeholder": (1, 4), "ndc-ten-digits": (2, 6), "blank": (1, 8),
                    "columns": (1, 9)}  # fmt: skip
    assert (found.file.first_as_of, found.file.last_as_of) == (NEW_YEAR, date(2025, 1, 8))
    assert not found.again


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("header", [nadac.HEADER, nadac.OLD_HEADER])
def test_line_ends_byte_order_mark_and_spelling_do_not_matter(
    header: str, mark: str, end: str, tmp_path: Path
) -> None:
    file = nadac.write(tmp_path / "n.csv", [nadac.NASAL, nadac.SPRAY], mark + header, end)
    found = import_prices(file, DAY, book=tmp_path / "b")
    assert (found.file.rows, found.file.used) == (2, 2)
    price = price_at("46122-0385-76", NEW_YEAR, tmp_path / "b").price
    assert (price.magnitude, price.unit) == (Fraction(72316, 100_000), "USD/mL")


def test_the_same_file_twice_is_the_same_book(home: Path) -> None:
    file = nadac.write(home / "n.csv", nadac.year(3000, 300))
    first = import_prices(file, DAY)
    book = Path(first.place)
    before = content(book)
    second = import_prices(file, DAY + timedelta(days=9))
    assert content(book) == before
    assert (second.again, second.new_prices, second.file.day) == (True, 0, DAY)


def test_the_files_of_several_years_add_up(tmp_path: Path) -> None:
    book = tmp_path / "b"
    for year in (2023, 2024):
        lines = [nadac.line(NDC, f"{year}.5", date(year, 3, 1), date(year, 3, 8))]
        import_prices(nadac.write(tmp_path / f"{year}.csv", lines), DAY, book=book)
    found = listed(book)
    assert (found.products, found.prices) == (1, 2)
    assert [file.name for file in found.files] == ["2023.csv", "2024.csv"]
    assert price_at(NDC, date(2023, 12, 31), book).price == Quantity(Fraction(4047, 2), "USD/each")
    assert price_at(NDC, date(2024, 12, 31), book).price == Quantity(Fraction(4049, 2), "USD/each")


WEEKS = st.integers(0, 3).map(lambda n: NEW_YEAR + timedelta(days=7 * n))
ROWS = st.lists(
    st.tuples(st.sampled_from(["00000000011", "00000000012"]), WEEKS, WEEKS,
              st.sampled_from(["0.1", "0.2", "0.3"]), st.sampled_from(["A", "B"])),
    max_size=14,
)  # fmt: skip
JUNK = st.lists(
    st.sampled_from([nadac.HOLDER, "", '"', "x,y", nadac.NASAL.replace(NDC, "2438505452"),
                     nadac.NASAL.replace("0.28683", "0"), nadac.NASAL.replace(",EA", ",XX")]),
    max_size=6,
)  # fmt: skip


def lines_of(rows: list[tuple[str, date, date, str, str]]) -> list[str]:
    return [nadac.line(ndc, price, start, as_of, name=n) for ndc, start, as_of, price, n in rows]


@settings(max_examples=25, deadline=None)
@given(rows=ROWS, junk=JUNK, seed=st.randoms())
def test_used_and_skipped_are_all_rows_and_the_order_of_rows_does_not_matter(
    rows: list[tuple[str, date, date, str, str]], junk: list[str], seed: random.Random,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:  # fmt: skip
    folder = tmp_path_factory.mktemp("order")
    lines = [nadac.NASAL, *lines_of(rows), *junk]
    found: list[Imported] = []
    for name in ("one", "other"):
        seed.shuffle(lines)
        file = nadac.write(folder / f"{name}.csv", lines)
        found.append(import_prices(file, DAY, book=folder / name))
    for one in found:
        assert one.file.rows == len(lines)
        assert one.file.rows == one.file.used + sum(s.rows for s in one.file.skipped)
        assert one.file.used == len(rows) + 1
    prices = [[row for row in content(folder / name) if len(row) == 8] for name in ("one", "other")]
    assert prices[0] == prices[1]


@settings(max_examples=15, deadline=None)
@given(parts=st.lists(ROWS, min_size=2, max_size=3))
def test_the_order_of_files_does_not_matter(
    parts: list[list[tuple[str, date, date, str, str]]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("files")
    files = [nadac.write(folder / f"{n}.csv", [nadac.NASAL, *lines_of(part)])
             for n, part in enumerate(parts)]  # fmt: skip
    for name, order in (("one", files), ("other", [*reversed(files), files[0]])):
        for file in order:
            import_prices(file, DAY, book=folder / name)
    assert content(folder / "one") == content(folder / "other")


# The price in force.


def slow(rows: list[tuple[str, date, date, str, str]], ndc: str, day: date) -> set[str]:
    """Return the price in force, worked out row by row: more than one where they contradict."""
    mine = [row for row in rows if row[0] == ndc and row[1] <= day]
    started = [row for row in mine if row[1] == max(r[1] for r in mine)]
    return {row[3] for row in started if row[2] == max(r[2] for r in started)}


@settings(max_examples=40, deadline=None)
@given(rows=ROWS, ask=st.integers(-8, 40))
def test_the_price_in_force_is_what_a_slow_search_finds(
    rows: list[tuple[str, date, date, str, str]], ask: int,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:  # fmt: skip
    folder, day = tmp_path_factory.mktemp("force"), NEW_YEAR + timedelta(days=ask)
    file = nadac.write(folder / "n.csv", [nadac.NASAL, *lines_of(rows)])
    import_prices(file, DAY, book=folder / "b")
    for ndc in ("00000000011", "00000000012"):
        expected, found = slow(rows, ndc, day), at(ndc, day, folder / "b")
        if len(expected) == 1:
            assert isinstance(found, Found)
            assert found.price.magnitude == Fraction(expected.pop())
            assert found.effective <= day
        else:
            assert isinstance(found, Unknown)
            assert ("files give" in found.why) == bool(expected)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    lines = [
        nadac.NASAL,
        nadac.line(NDC, "0.3", date(2025, 1, 15), date(2025, 1, 15), name="X"),
        nadac.line(NDC, "0.31", date(2025, 1, 15), date(2025, 1, 22), name="X"),
    ]
    import_prices(nadac.write(tmp_path / "n.csv", lines), DAY, book=tmp_path / "b")
    return tmp_path / "b"


@pytest.mark.parametrize(
    ("day", "price"),
    [("2024-12-18", "0.28683"), ("2025-01-14", "0.28683"), ("2025-01-15", "0.31"),
     ("2025-01-25", "0.31")],
)  # fmt: skip
def test_a_price_holds_until_the_next_and_a_correction_replaces_it(
    day: str, price: str, book: Path
) -> None:
    found = price_at("24385-0054-52", date.fromisoformat(day), book)
    assert found.price == Quantity(Fraction(price), "USD/each")
    assert found.findings == ()
    assert found.label == LABEL


def test_before_the_first_price_the_book_says_what_days_it_has(book: Path) -> None:
    found = at(NDC, date(2024, 12, 17), book)
    assert isinstance(found, Unknown)
    assert "from 2024-12-18 to 2025-01-15" in found.why


def test_an_ndc_is_never_guessed(book: Path) -> None:
    for near in ("24385005453", "24385005425", "02438500545"):
        found = at(near, NEW_YEAR, book)
        assert isinstance(found, Unknown)
        assert NDC not in str(found).replace("-", "")
    with pytest.raises(FormulationError) as refused:
        at("2438500545", NEW_YEAR, book)
    assert refused.value.code == "ndc-ten-digits"


def test_long_after_the_last_file_a_price_is_a_caution(book: Path) -> None:
    (finding,) = price_at(NDC, date(2025, 1, 29), book).findings
    assert finding.code == "price-past-the-book"
    assert "as of 2025-01-22, 7 days" in finding.what
    (finding,) = price_at(NDC, date(2030, 1, 8), book).findings
    assert "1,812 days before 2030-01-08" in finding.what


def test_both_days_of_a_price_in_force_are_told(book: Path) -> None:
    """The day named as its last is a day on which it holds."""
    found = price_at(NDC, date(2025, 1, 14), book)
    rows = dict(price_report(found).blocks[1].rows)
    assert rows["in force"] == "from 2024-12-18 to 2025-01-14; another price from 2025-01-15"
    later = price_at(NDC, date(2025, 1, 15), book)
    assert dict(price_report(later).blocks[1].rows)["in force"] == "from 2025-01-15"


def test_an_older_price_that_a_later_file_lists_again_is_a_caution(tmp_path: Path) -> None:
    old, new = date(2025, 1, 1), date(2025, 1, 15)
    lines = [nadac.line(NDC, "0.2", old, old), nadac.line(NDC, "0.3", new, new)]
    import_prices(nadac.write(tmp_path / "1.csv", lines), DAY, book=tmp_path / "b")
    assert price_at(NDC, date(2025, 1, 20), tmp_path / "b").findings == ()
    lines.append(nadac.line(NDC, "0.2", old, date(2025, 1, 22)))
    import_prices(nadac.write(tmp_path / "2.csv", lines), DAY, book=tmp_path / "b")
    for day in (date(2025, 1, 20), date(2025, 1, 22)):
        found = price_at(NDC, day, tmp_path / "b")
        assert found.price == Quantity(Fraction(3, 10), "USD/each")
        (finding,) = found.findings
        assert finding.code == "price-older-listed-later"
        assert (
            "2025-01-22 lists an older price again, $0.20 per piece from 2025-01-01" in finding.what
        )
    assert price_at(NDC, old, tmp_path / "b").findings == ()


def test_without_a_book_the_price_is_unknown(tmp_path: Path) -> None:
    found = at(NDC, NEW_YEAR, tmp_path / "none")
    assert isinstance(found, Unknown)
    assert "import" in found.fill
    assert list(tmp_path.iterdir()) == []


# Files that are none.


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "price-file-empty"),
        (b"\n\n", "price-file-empty"),
        (nadac.HEADER.encode(), "price-file-empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "file-not-utf8"),
        (b"not,a,price,file\n1,2,3,4\n", "price-file-columns"),
        (b"{}\n", "price-file-columns"),
        (nadac.HEADER.encode("utf-16"), "file-not-utf8"),
        (nadac.HEADER.encode() + b"\n" + nadac.NASAL.encode() + b"\n\xae\n", "file-not-utf8"),
        (nadac.HEADER.encode() + b"\n" + nadac.HOLDER.encode(), "price-file-no-price"),
        (b"x" * 70_000, "price-file-long-line"),
        (nadac.HEADER.encode() + b"\n" + b"x" * 70_000, "price-file-long-line"),
    ],
)
def test_a_file_that_is_none_is_refused_and_changes_nothing(
    raw: bytes, code: str, tmp_path: Path
) -> None:
    (tmp_path / "x.csv").write_bytes(raw)
    assert refusal(tmp_path / "x.csv").code == code
    good = nadac.write(tmp_path / "n.csv", [nadac.NASAL])
    import_prices(good, DAY, book=tmp_path / "book.sqlite3")
    assert refusal(tmp_path / "x.csv").code == code


def test_a_folder_and_a_file_that_is_not_there_are_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path).code == "file-is-a-folder"
    assert refusal(tmp_path / "none.csv").code == "file-not-readable"


def test_an_endless_line_is_not_read_to_its_end(tmp_path: Path) -> None:
    with (tmp_path / "sparse.csv").open("wb") as file:
        file.truncate(4 << 30)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert refusal(tmp_path / "sparse.csv").code == "price-file-long-line"
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000


def test_a_last_line_that_may_be_cut_short_is_not_used(tmp_path: Path) -> None:
    whole = nadac.HEADER + "\n" + nadac.SPRAY + "\n" + nadac.NASAL
    for cut, reason in ((0, None), (2, "as-of"), (30, "columns")):
        (tmp_path / "x.csv").write_text(whole[: len(whole) - cut], "utf-8")
        found = import_prices(tmp_path / "x.csv", DAY, book=tmp_path / f"b{cut}")
        assert [one.reason for one in found.file.skipped] == ([reason] if reason else [])
    header = "NDC,NDC Description,Effective Date,Pricing Unit,As of Date,NADAC Per Unit"
    row = "24385005452,X,12/18/2024,EA,01/01/2025,0.28"
    (tmp_path / "y.csv").write_text(f"{header}\n{row}\n{row}683"[:-3], "utf-8")
    found = import_prices(tmp_path / "y.csv", DAY, book=tmp_path / "y")
    assert [one.reason for one in found.file.skipped] == ["cut"]
    assert found.file.used == 1


def test_a_book_of_another_program_or_another_layout_is_left_alone(tmp_path: Path) -> None:
    good = nadac.write(tmp_path / "n.csv", [nadac.NASAL])
    (tmp_path / "text").write_text("no database, only text that is long enough" * 40)
    other = sqlite3.connect(tmp_path / "other")
    other.execute("CREATE TABLE prices (x)")
    other.commit()
    other.close()
    for name in ("text", "other"):
        before = (tmp_path / name).read_bytes()
        with pytest.raises(FormulationError) as refused:
            import_prices(good, DAY, book=tmp_path / name)
        assert refused.value.code == "price-book-unknown"
        with pytest.raises(FormulationError) as refused:
            at(NDC, NEW_YEAR, tmp_path / name)
        assert refused.value.code == "price-book-unknown"
        assert (tmp_path / name).read_bytes() == before


def test_a_book_in_use_or_a_folder_that_cannot_hold_one_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = nadac.write(tmp_path / "n.csv", [nadac.NASAL])
    book = tmp_path / "b"
    import_prices(good, DAY, book=book)
    holding = sqlite3.connect(book, isolation_level=None)
    holding.execute("BEGIN IMMEDIATE")
    real = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda *a, **k: real(*a, **{**k, "timeout": 0.1}))
    with pytest.raises(FormulationError) as refused:
        import_prices(good, DAY, book=book)
    assert refused.value.code == "price-book-busy"
    holding.close()
    with pytest.raises(FormulationError) as refused:
        import_prices(good, DAY, book=good / "book")
    assert refused.value.code == "price-book-failed"


# Cut off.

CUT_OFF = """
import os, signal, sqlite3, sys
from datetime import date
from pathlib import Path
real, left = sqlite3.connect, [int(sys.argv[3])]
def stroke():
    left[0] -= 1
    if left[0] < 0:
        os.kill(os.getpid(), signal.SIGKILL)
def connect(*a, **k):
    found = real(*a, **k)
    found.set_progress_handler(stroke, 100)
    return found
sqlite3.connect = connect
from formulation.price_import import import_prices
import_prices(Path(sys.argv[1]), date(2026, 11, 23), book=Path(sys.argv[2]))
print(int(sys.argv[3]) - left[0])
"""


def cut_off(file: Path, book: Path, after: int) -> tuple[int, str]:
    ran = subprocess.run(
        [sys.executable, "-c", CUT_OFF, str(file), str(book), str(after)],
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    return ran.returncode, ran.stdout.strip()


def test_an_import_killed_at_any_moment_is_undone_and_can_be_run_again(tmp_path: Path) -> None:
    first = nadac.write(tmp_path / "first.csv", nadac.year(600, 100, seed=3))
    second = nadac.write(tmp_path / "second.csv", nadac.year(3000, 200, seed=4))
    import_prices(first, DAY, book=tmp_path / "clean")
    before = content(tmp_path / "clean")
    code, told = cut_off(second, tmp_path / "clean", 10**9)
    strokes, whole = int(told), content(tmp_path / "clean")
    assert code == 0
    assert strokes > 100
    draw = random.Random(7)
    moments = [strokes - 1, *(draw.randrange(strokes) for _ in range(3)),
               strokes - draw.randrange(2, strokes // 8)]  # fmt: skip
    for moment in moments:
        book = tmp_path / f"cut{moment}"
        import_prices(first, DAY, book=book)
        assert cut_off(second, book, moment)[0] == -9
        assert isinstance(at("00000000011", date(2025, 6, 1), book), Found)
        assert content(book) == before
        import_prices(second, DAY, book=book)
        assert content(book) == whole


def test_a_first_import_that_was_killed_leaves_an_empty_book(tmp_path: Path) -> None:
    file = nadac.write(tmp_path / "n.csv", nadac.year(2000, 200))
    strokes = int(cut_off(file, tmp_path / "clean", 10**9)[1])
    assert cut_off(file, tmp_path / "b", strokes - 1)[0] == -9
    assert isinstance(at("00000000011", DAY, tmp_path / "b"), Unknown)
    import_prices(file, DAY, book=tmp_path / "b")
    assert content(tmp_path / "b") == content(tmp_path / "clean")


def test_the_book_of_the_examples_is_made_from_the_file_beside_it(tmp_path: Path) -> None:
    errors = ROOT / "docs" / "examples" / "errors"
    import_prices(errors / "prices.csv", DAY, book=tmp_path / "b")
    assert content(tmp_path / "b") == content(errors / "a-book" / "prices.sqlite3")


# The commands.


def test_the_three_commands_on_screen(home: Path, formulate: Run, golden: Callable) -> None:  # type: ignore[type-arg]
    again = nadac.NASAL.replace("01/01/2025", "01/08/2025")
    lines = [nadac.NASAL, nadac.SPRAY, nadac.HOLDER, again]
    nadac.write(home / "nadac-2025.csv", lines)
    ran = formulate("prices", "import", str(home / "nadac-2025.csv"))
    assert (ran.code, ran.err) == (0, "")
    golden("prices-import.txt", ran.out)
    twice = formulate("prices", "import", str(home / "nadac-2025.csv"))
    assert "nothing changed" in twice.out
    golden("prices-at.txt", formulate("prices", "at", "46122-0385-76", "2025-03-01").out)
    shown = formulate("prices", "list")
    assert shown.code == 0
    assert "nadac-2025.csv" in shown.out


@pytest.mark.parametrize("width", ["60", "80", "140"])
def test_every_line_fits_the_screen_and_the_survey_is_called_one(
    width: str, home: Path, formulate: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", width)
    evil = nadac.NASAL.replace("12HR", "\x1b[31m[bold]\u202e<b>")
    long = nadac.SPRAY.replace("24H NASAL", "ABC " * 30)
    lines = [*(nadac.HOLDER for _ in range(3)), evil, long]
    file = str(nadac.write(home / "nadac.csv", lines))
    outs = [formulate("prices", "import", file).out, formulate("prices", "list").out,
            formulate("prices", "at", NDC, "2025-01-01").out,
            formulate("prices", "at", "46122038576", "2025-01-01").out]  # fmt: skip
    for out in outs:
        assert LABEL in " ".join(out.split())
        for line in out.splitlines():
            assert len(line) <= int(width) or str(home) in line
            assert line.isprintable()
    marked = formulate("prices", "at", NDC, "2025-01-01", "--markdown").out
    assert "<b>" not in marked


def test_the_json_is_exact_and_says_which_book(home: Path, formulate: Run) -> None:
    file = str(nadac.write(home / "nadac.csv", [nadac.NASAL, nadac.HOLDER]))
    told = json.loads(formulate("prices", "import", file, "--json").out)
    assert told["command"] == "prices import"
    assert told["results"]["file"]["skipped"][0] == {
        "reason": "placeholder", "words": REASONS["placeholder"], "rows": 1, "first_line": 3,
    }  # fmt: skip
    told = json.loads(formulate("prices", "at", "24385-0054-52", "2025-01-02", "--json").out)
    assert told["results"]["price"] == {
        "exact": "28683/100000", "value": 0.28683, "unit": "USD/each",
        "text": "$0.28683 per piece",
    }  # fmt: skip
    assert told["results"]["label"] == LABEL
    assert told["results"]["explanation"] == [{"code": "1", "words": CODES["1"]}]
    book = told["data"]["records"]["prices.sqlite3"]
    assert book["edition"] == "NADAC as of 2025-01-01 to 2025-01-01"
    told = json.loads(formulate("prices", "list", "--json").out)
    assert told["results"]["products"] == 1


@pytest.mark.parametrize(
    ("words", "code"),
    [(("at", "24385005452", "2025-01-01"), "price-book-empty"), (("list",), "price-book-empty"),
     (("at", "2438500545", "2025-01-01"), "ndc-ten-digits"),
     (("at", "24385005452", "01/01/2025"), "date-not-a-date"),
     (("import", "none.csv"), "file-not-readable"), (("import", "docs"), "file-is-a-folder"),
     (("import",), "usage"), (("show",), "usage")],
)  # fmt: skip
def test_what_cannot_be_answered_exits_2_in_four_lines(
    words: tuple[str, ...], code: str, home: Path, formulate: Run
) -> None:
    ran = formulate("prices", *words)
    assert (ran.code, ran.out) == (2, "")
    assert len(ran.err.splitlines()) == 4
    assert ran.err.splitlines()[3].endswith(f"#{code}")
    assert not (home / "home").exists()


def test_the_group_alone_prints_its_help(formulate: Run) -> None:
    ran = formulate("prices")
    assert ran.code == 0
    for name in ("import", "at", "list"):
        assert name in ran.out


def test_a_bar_is_drawn_only_where_a_person_looks(
    home: Path, formulate: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = str(nadac.write(home / "nadac.csv", nadac.year(400, 40)))
    assert formulate("prices", "import", file).err == ""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    ran = formulate("prices", "import", file, "--json")
    assert "%" in ran.err
    assert json.loads(ran.out)["results"]["again"]


# A whole year's file.


@pytest.mark.slow
def test_an_import_stopped_by_the_clock_is_undone_too(tmp_path: Path) -> None:
    """The book outgrows what is held of it in memory, so it is written to before it is whole."""
    draw = random.Random(11)
    ndcs = [f"{number:011d}" for number in range(200_000)]
    draw.shuffle(ndcs)
    first = nadac.write(tmp_path / "1.csv", (nadac.line(n, "1", NEW_YEAR, DAY) for n in ndcs))
    second = nadac.write(tmp_path / "2.csv", (nadac.line(n, "2", DAY, DAY) for n in ndcs))
    import_prices(first, DAY, book=tmp_path / "clean")
    before = content(tmp_path / "clean")
    start = time.perf_counter()
    assert cut_off(second, tmp_path / "clean", 10**9)[0] == 0
    whole, seconds = content(tmp_path / "clean"), time.perf_counter() - start
    journals, undone = 0, 0
    for share in (0.3, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, draw.random()):
        book = tmp_path / f"cut{share}"
        import_prices(first, DAY, book=book)
        words = [sys.executable, "-c", CUT_OFF, str(second), str(book), str(10**9)]
        running = subprocess.Popen(words, stdout=subprocess.DEVNULL)
        time.sleep(seconds * share)
        running.kill()
        killed = running.wait() != 0
        journals += (tmp_path / f"{book.name}-journal").exists()
        undone += killed
        assert content(book) == (before if killed else whole)
        import_prices(second, DAY, book=book)
        assert content(book) == whole
        book.unlink()
    assert undone > 2
    assert journals


MEASURED = """
import json, resource, subprocess, sys, time
start = time.perf_counter()
out = subprocess.run(sys.argv[1:], stdout=subprocess.PIPE, check=True).stdout
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps({"out": json.loads(out), "MB": used.ru_maxrss / 1024,
                  "seconds": time.perf_counter() - start}))
"""


@pytest.mark.slow
def test_a_million_and_a_half_rows_need_less_than_100_mb(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Measured from a small process: a child's peak begins with the memory of who started it."""
    file = nadac.write(home / "nadac.csv", nadac.year(1_500_000, 30_000))
    program = Path(sys.executable).with_name("formulate")
    ran = subprocess.run(
        [sys.executable, "-S", "-c", MEASURED, program, "prices", "import", file, "--json"],
        capture_output=True, text=True, check=True, env=dict(os.environ),
    )  # fmt: skip
    told = json.loads(ran.stdout)
    found = told["out"]["results"]["file"]
    assert found["rows"] == 1_500_000
    assert found["rows"] == found["used"] + sum(one["rows"] for one in found["skipped"])
    assert {one["reason"]: one["rows"] for one in found["skipped"]} == {
        "placeholder": 375, "ndc-ten-digits": 375, "quotes": 375, "effective": 375,
    }  # fmt: skip
    assert told["MB"] < 100
    with capsys.disabled():
        print(f"\n1,500,000 rows: {told['seconds']:.1f} s, {told['MB']:.0f} MB")
