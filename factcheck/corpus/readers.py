"""Files in, parts of documents out. Whatever cannot be read is refused with a reason, never guessed at."""

from __future__ import annotations

import csv
import io
import json
import re
import stat
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from factcheck.front_matter import read_fields
from factcheck.limits import Limits, megabytes
from factcheck.records import Tier

if TYPE_CHECKING:  # a library that reads a format takes a while to import, and most corpora need none of them
    from docx.document import Document
    from docx.oxml.table import CT_Tbl, CT_Tc
    from docx.oxml.text.paragraph import CT_P

#: Stands between the pages of a text whose file has pages.
PAGE_BREAK = "\n\f\n"
_FRONT_MATTER = re.compile(r"---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_TITLE = re.compile(r"^#[ \t]+(\S.*)$", re.MULTILINE)
#: Attributes of an HTML tag. The parser compares each with all others of its tag.
_ATTRIBUTES = 1000
_VALUE = rb"=\s*+(?:\"[^\"]*+\"|'[^']*+')"
_QUOTED = re.compile(_VALUE)
_TAG = re.compile(rb"<[a-zA-Z](?>%b|[^>=]++|=)*+" % _VALUE)
#: XML of text packs to a tenth or so of its size; a bomb, to a thousandth.
_PACKED = 100
#: The paragraphs and tables of a DOCX file, also those in content controls; a table of contents tells nothing more.
_BLOCKS = (
    ".//*[self::w:p or self::w:tbl][not(ancestor::w:tbl or ancestor::w:txbxContent or"
    " ancestor::w:sdt/w:sdtPr/w:docPartObj/w:docPartGallery[@w:val = 'Table of Contents'])]"
)
#: The runs of a paragraph as it reads with all changes accepted that are tracked in it.
_RUNS = ".//w:r[not(ancestor::w:txbxContent or ancestor::w:del or ancestor::w:moveFrom)]"
#: Columns of a table in a DOCX file; Word makes 63 at most.
_COLUMNS = 1000
#: Columns of a table from which its first row may be a header; of two, the first may be that.
_HEADED = 3
#: A number that is no year.
_FIGURE = re.compile(r"(?<![\d.,])(?!(?:19|20)\d\d(?![\d.,]))\d")
#: Below this many bytes, no packing matters.
_SMALL = 1_000_000


class UnreadableError(Exception):
    """A file or row that cannot become a document; the message is the reason that a user sees."""


class FrontMatter(BaseModel):
    """What a document may say about itself; other keys are left alone."""

    model_config = ConfigDict(extra="ignore", str_strip_whitespace=True, coerce_numbers_to_str=True)

    title: str | None = None
    publisher: str | None = None
    published: date | None = None
    url: str | None = None
    tier: Tier = Tier.SECONDARY

    @field_validator("published", mode="before")
    @classmethod
    def _is_no_number(cls, value: object) -> object:
        """Refuse numbers, which would be read as seconds since 1970: a way to be dated early."""
        if isinstance(value, int | float) or (isinstance(value, str) and re.fullmatch(r"\s*[+-]?[\d._]+\s*", value)):
            raise ValueError("give the day as 2011-03-17")
        return value


@dataclass(frozen=True)
class Part:
    """What a file holds: one document, or one of many, and then with a ``name`` of its own."""

    front: FrontMatter
    text: str
    name: str = ""


#: Yields the parts of a file, given the most bytes to read at once.
Reader = Callable[[Path, int], Iterator[Part | UnreadableError]]


def parse_front(fields: object) -> FrontMatter:
    """Check what a document says about itself; empty values count as none.

    Raises:
        UnreadableError: a value is not what its field takes.
    """
    if isinstance(fields, dict):
        fields = {name: value for name, value in fields.items() if value is not None and str(value).strip()}
    try:
        return FrontMatter.model_validate(fields)
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"]) or "the whole"
        raise UnreadableError(f"its description is wrong: {name}: {first['msg']}") from error


def parse_yaml(text: str) -> FrontMatter:
    """Read a description in YAML.

    Raises:
        UnreadableError: it is not YAML, or see ``parse_front``.
    """
    try:
        fields = read_fields(text) or {}
    except ValueError as error:
        raise UnreadableError("its description is not valid YAML") from error
    return parse_front(fields)


def read_parts(path: Path, limits: Limits) -> Iterator[Part | UnreadableError]:
    """Yield the parts of a file and, for rows that are refused, the reason.

    Raises:
        UnreadableError: the file, or what is left of it, cannot be read.
        OSError: it is not there, or may not be opened.
    """
    if not stat.S_ISREG(path.stat().st_mode):  # a pipe or a device may never end, or never begin
        raise UnreadableError("it is not a regular file")
    yield from find_reader(path)(path, limits.document)


def find_reader(path: Path) -> Reader:
    """Return what reads files with the suffix of ``path``.

    Raises:
        UnreadableError: nothing does.
    """
    if reader := READERS.get(path.suffix.lower()):
        return reader
    raise UnreadableError(f"no reader for {path.suffix or 'a file without suffix'}")


def read_text(path: Path, most: int) -> str:
    """Read UTF-8 with or without a byte order mark, with line feeds for line ends.

    Raises:
        UnreadableError: a file that is too large, binary or in another encoding.
    """
    data = _read(path, most)
    if b"\0" in data:
        raise UnreadableError("it is a binary file")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableError(f"it is not UTF-8 (byte {error.start})") from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


def clean(text: str) -> str:
    """Replace what no database takes: half surrogate pairs and null characters."""
    return text.encode(errors="replace").decode().replace("\0", " ")


def is_utf8(text: str) -> bool:
    """Tell whether a text can be written: bytes of a name or a command line that are not UTF-8 come as surrogates."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _read(path: Path, most: int) -> bytes:
    with path.open("rb") as file:
        data = file.read(most + 1)
    if len(data) > most:
        raise _too_large(most)
    return data


def _too_large(most: int, how: str = "") -> UnreadableError:
    return UnreadableError(f"it is larger than {megabytes(most)}{how}; raise max_document_mb if that is meant")


def _plain(path: Path, most: int) -> Iterator[Part]:
    yield Part(FrontMatter(), read_text(path, most))


def _markdown(path: Path, most: int) -> Iterator[Part]:
    """Front matter is not part of the text; a first-level heading is the title where that names none."""
    text, front = read_text(path, most), FrontMatter()
    if match := _FRONT_MATTER.match(text):
        text, front = text[match.end() :], parse_yaml(match[1])
    if not front.title and (heading := _TITLE.search(text)):
        front = front.model_copy(update={"title": heading[1].rstrip("# \t")})
    yield Part(front, text)


def _html(path: Path, most: int) -> Iterator[Part]:
    """Take the main text of the page, without what surrounds it (Barbaresi, 2021)."""
    import trafilatura

    page = _read(path, most)
    if any(len(_QUOTED.sub(b" ", tag[0]).replace(b"/", b" ").split()) > _ATTRIBUTES for tag in _TAG.finditer(page)):
        raise UnreadableError("a tag of the page has thousands of attributes")
    text = trafilatura.extract(page, output_format="markdown", include_comments=False)
    if not text:
        raise UnreadableError("no article was found in the page")
    about = trafilatura.extract_metadata(page)
    fields = {"title": about.title, "publisher": about.sitename, "published": about.date, "url": about.url}
    yield Part(parse_front(fields), text)


def _pdf(path: Path, most: int) -> Iterator[Part]:
    import pypdf

    pages, size = [], 0
    try:
        reader = pypdf.PdfReader(io.BytesIO(_read(path, most)))
        title = reader.metadata.title if reader.metadata else None
        for page in reader.pages:
            pages.append(re.sub(r"(?<=[^\W\d_])-\n(?=[a-z])", "", page.extract_text()))
            size += len(pages[-1])
            if size > most:
                raise _too_large(most, " when unpacked")
    except UnreadableError:
        raise
    except Exception as error:  # a malformed PDF makes pypdf raise almost anything
        raise UnreadableError(f"it cannot be read as PDF ({type(error).__name__})") from error
    text = PAGE_BREAK.join(page.replace("\f", " ") for page in pages)
    if not text.strip():
        raise UnreadableError("it has no text layer; run OCR on it first")
    yield Part(parse_front({"title": title}), text)


def _docx(path: Path, most: int) -> Iterator[Part]:
    import docx

    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(item.file_size for item in archive.infolist())  # no more than that is ever unpacked
        if unpacked > most:
            raise _too_large(most, " when unpacked")
        if unpacked > max(_SMALL, _PACKED * path.stat().st_size):
            raise UnreadableError(f"unpacked, it is more than {_PACKED} times as large, which no text is; save it anew")
        document = docx.Document(str(path))
        headings = {s.style_id for s in document.styles if (s.name or "").startswith(("Heading", "Title"))}
        blocks = [_docx_block(block, document, headings, most) for block in document.element.body.xpath(_BLOCKS)]
        title = document.core_properties.title
    except UnreadableError:
        raise
    except Exception as error:  # a malformed archive makes zipfile, lxml and docx raise almost anything
        raise UnreadableError(f"it cannot be read as DOCX ({type(error).__name__})") from error
    yield Part(parse_front({"title": title}), "\n\n".join(block for block in blocks if block.strip()))


def _docx_block(block: CT_P | CT_Tbl, document: Document, headings: set[str], most: int) -> str:
    from docx.oxml.table import CT_Tbl
    from docx.table import Table

    if isinstance(block, CT_Tbl):
        rows, size = [], 0
        for row in Table(block, document).rows:
            if sum(cell.grid_span for cell in row._tr.tc_lst) > _COLUMNS:  # each is as many cells as it says it is wide
                raise UnreadableError("a table has more columns than a page can hold")
            rows.append([_docx_cell(cell._tc) for cell in row.cells])
            size += sum(map(len, rows[-1]))
            if size > most:
                raise _too_large(most, " when unpacked")
        return _as_markdown(rows)
    # A paragraph's own ``style`` is looked for among all styles.
    text = _docx_text(block)
    return f"## {text}" if block.style in headings and text.strip() else text


def _docx_cell(cell: CT_Tc) -> str:
    words = " ".join(_docx_text(paragraph) for paragraph in cell.xpath(".//w:p[not(ancestor::w:txbxContent)]"))
    return " ".join(words.replace("|", "/").split())


def _docx_text(paragraph: CT_P) -> str:
    return "".join(run.text for run in paragraph.xpath(_RUNS))


def _as_markdown(rows: list[list[str]]) -> str:
    """Return a table with its first row for a header, where it is one: words above columns of figures."""
    lines = [f"| {' | '.join(cells)} |" for cells in rows]
    named = rows and len(rows[0]) >= _HEADED and not any(_FIGURE.search(cell) for cell in rows[0])
    if named and rows[1:] and all(any(_FIGURE.search(cell) for cell in cells[1:]) for cells in rows[1:]):
        lines.insert(1, f"|{'---|' * len(rows[0])}")
    return "\n".join(lines)


def _json_lines(path: Path, most: int) -> Iterator[Part | UnreadableError]:
    with path.open("rb") as file:
        for number, line in enumerate(iter(lambda: file.readline(most + 1), b""), 1):
            if len(line) > most:
                yield UnreadableError(f"line {number}: {_too_large(most)}")
                while line and not line.endswith(b"\n"):
                    line = file.readline(most)
            elif line.strip():
                try:
                    yield _row(json.loads(line), number)
                except (ValueError, RecursionError):
                    yield UnreadableError(f"line {number}: it is not JSON in UTF-8")
                except UnreadableError as error:
                    yield UnreadableError(f"line {number}: {error}")


def _csv(path: Path, most: int) -> Iterator[Part | UnreadableError]:
    csv.field_size_limit(most)
    with path.open(encoding="utf-8-sig", newline="") as file:
        first, size = 1, 0  # line and size of the row that is read: in quotes, one may go on for any number of lines

        def lines() -> Iterator[str]:
            nonlocal size
            while line := file.readline(most + 1):
                size += len(line)
                if size > most:
                    raise _too_large(most, f" from line {first} on")
                yield line

        rows = csv.DictReader(lines(), delimiter=_delimiter(path, most), skipinitialspace=True, strict=True)
        try:
            _expect_columns(rows.fieldnames or ())
            first, size = rows.line_num + 1, 0
            for fields in rows:
                first, size = rows.line_num + 1, 0
                try:
                    if any(fields.pop(None, ())):
                        raise UnreadableError("it has more cells than the header; put quotation marks around the text")
                    yield _row(fields, rows.line_num)
                except UnreadableError as error:
                    yield UnreadableError(f"line {rows.line_num}: {error}")
        except (csv.Error, UnicodeDecodeError) as error:
            raise UnreadableError(f"it cannot be read as CSV in UTF-8 from line {first} on") from error


def _delimiter(path: Path, most: int) -> str:
    """Return what parts the columns: where a comma parts decimals, spreadsheets write semicolons."""
    with path.open(encoding="utf-8", errors="replace") as file:
        return max(",;\t", key=file.readline(most).count)


def _expect_columns(names: Sequence[str]) -> None:
    """Refuse a table without a text, or of which it is not sure which column is meant."""
    if names and "text" not in names:
        raise UnreadableError("it has no column named text")
    for name in ("id", "text", *FrontMatter.model_fields):
        if names.count(name) > 1:
            raise UnreadableError(f"it has more than one column named {name}")


def _row(fields: object, number: int) -> Part:
    if not isinstance(fields, dict) or not isinstance(text := fields.get("text"), str) or not clean(text).strip():
        raise UnreadableError("there is no text in it")
    name = "" if fields.get("id") is None else clean(str(fields["id"])).strip()
    return Part(parse_front(fields), text.replace("\r\n", "\n"), name or str(number))


#: By suffix; see ``read_parts``.
READERS: dict[str, Reader] = {
    ".txt": _plain,
    ".text": _plain,
    ".md": _markdown,
    ".markdown": _markdown,
    ".html": _html,
    ".htm": _html,
    ".pdf": _pdf,
    ".docx": _docx,
    ".jsonl": _json_lines,
    ".csv": _csv,
}
