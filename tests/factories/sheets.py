"""Spreadsheet files made in memory: by a program's own hand, or part by part."""

import csv
import io
from xml.sax.saxutils import escape, quoteattr

import xlsxwriter

from tests.factories.files import packed

ROWS = [["Name", "City", "Employees"], ["Müller & Söhne", "Köln", "12"], ["佛山陶瓷", "Foshan", "3400"]]
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
XLSX_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)
ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
ODS_NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text", "style", "drawing")
)


def csv_bytes(rows=ROWS, encoding="utf-8", separator=",", end="\r\n", before=""):
    """The rows as a CSV file."""
    text = io.StringIO()
    text.write(before)
    csv.writer(text, delimiter=separator, lineterminator=end).writerows(rows)
    return text.getvalue().encode(encoding)


def xlsx_bytes(rows=ROWS, more=None, **options):
    """The rows as a workbook, all cells as text; `more(book, sheet)` adds what a test needs."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, options) as book:
        sheet = book.add_worksheet("Firms")
        for number, row in enumerate(rows):
            for place, value in enumerate(row):
                sheet.write_string(number, place, value)
        if more:
            more(book, sheet)
    return file.getvalue()


def sheet_xml(data, after="", before=""):
    """The XML of a sheet around its rows."""
    return f'{before}<worksheet xmlns="{MAIN}"><sheetData>{data}</sheetData>{after}</worksheet>'


def inline(ref, text):
    return f'<c r="{ref}" t="inlineStr"><is><t>{escape(text)}</t></is></c>'


HEAD_AND_ROW = (
    f'<row r="1">{inline("A1", "Name")}{inline("B1", "City")}</row>'
    f'<row r="2">{inline("A2", "Müller")}{inline("B2", "Köln")}</row>'
)


def workbook(
    *sheets,
    more=None,
    types=XLSX_TYPES,
    before="",
    path="xl/workbook.xml",
    properties="",
    links=(),
):
    """A workbook of (title, XML) or (title, XML, state), part by part."""
    listed, parts, names = "", {}, f'xmlns="{MAIN}" xmlns:r="{LINKS}"'
    related = [
        f'Id="rIdS" Type="{LINKS}/sharedStrings" Target="sharedStrings.xml"',
        f'Id="rIdT" Type="{LINKS}/styles" Target="/xl/styles.xml"',
        *links,
    ]
    for number, (title, xml, *state) in enumerate(sheets, 1):
        hidden = f' state="{state[0]}"' if state else ""
        listed += f'<sheet name={quoteattr(title)} sheetId="{number}" r:id="rId{number}"{hidden}/>'
        related.append(f'Id="rId{number}" Type="{LINKS}/worksheet" Target="worksheets/sheet{number}.xml"')
        parts[f"xl/worksheets/sheet{number}.xml"] = xml
    book = f"{before}<workbook {names}>{properties}<sheets>{listed}</sheets></workbook>"
    return packed(
        {
            "[Content_Types].xml": types,
            "_rels/.rels": relations(f'Id="a" Type="{LINKS}/officeDocument" Target="{path}"'),
            "xl/workbook.xml": book,
            "xl/_rels/workbook.xml.rels": relations(*related),
            **parts,
            **(more or {}),
        }
    )


def relations(*all_of_them):
    return f"<Relationships>{''.join(f'<Relationship {one}/>' for one in all_of_them)}</Relationships>"


def shared(*items):
    return f'<sst xmlns="{MAIN}">{"".join(f"<si>{item}</si>" for item in items)}</sst>'


def ods_cell(text):
    return f'<table:table-cell office:value-type="string"><text:p>{escape(text)}</text:p></table:table-cell>'


def ods_row(*cells, attributes=""):
    """A row of texts, or of cells that are XML already."""
    inner = "".join(cell if cell.startswith("<table:") else ods_cell(cell) for cell in cells)
    return f"<table:table-row {attributes}>{inner}</table:table-row>"


def ods_table(*rows, title="Firms", style="shown"):
    return (
        f'<table:table table:name={quoteattr(title)} table:style-name="{style}">{"".join(rows)}</table:table>'
    )


def ods_bytes(*tables, manifest="<manifest/>", mimetype=ODS_TYPE, before="", more=None):
    """An ODS file; the style “hidden” hides a table."""
    style = (
        '<style:style style:name="hidden"><style:table-properties table:display="false"/></style:style>'
        '<style:style style:name="shown"><style:table-properties table:display="true"/></style:style>'
    )
    body = f"<office:body><office:spreadsheet>{''.join(tables)}</office:spreadsheet></office:body>"
    content = (
        f'{before}<office:document-content {ODS_NAMES} xmlns:calcext="urn:calcext">'
        f"<office:automatic-styles>{style}</office:automatic-styles>{body}</office:document-content>"
    )
    parts = {"mimetype": mimetype, "content.xml": content, "META-INF/manifest.xml": manifest}
    return packed({**parts, **(more or {})})


def ods_of(rows=ROWS):
    return ods_bytes(ods_table(*(ods_row(*row) for row in rows)))
