"""PDF, offices' documents, tables of databases; and the extras that they need."""

import gzip
import io
import os
import re
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from samples import TEXT, day, one, packed, put, reasons, titles

from searchkit import Article
from searchkit.errors import ReadError
from searchkit.ingest import formats, read_source, sources
from searchkit.ingest.dispatch import extras
from searchkit.ingest.texts import flow


def a_pdf(*texts: str, title: str = "") -> bytes:
    pypdf = pytest.importorskip("pypdf")
    from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

    writer = pypdf.PdfWriter()
    for text in texts:
        page = writer.add_blank_page(595, 842)
        font = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Font"),
                NameObject("/Subtype"): NameObject("/Type1"),
                NameObject("/BaseFont"): NameObject("/Helvetica"),
                NameObject("/Encoding"): NameObject("/WinAnsiEncoding"),
            }
        )
        fonts = DictionaryObject({NameObject("/F1"): font})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
        lines = "".join(f"({line}) Tj T* " for line in text.split("\n"))
        stream = DecodedStreamObject()
        stream.set_data(f"BT /F1 12 Tf 14 TL 50 700 Td {lines}ET".encode("cp1252"))
        page[NameObject("/Contents")] = writer._add_object(stream)
    if title:
        writer.add_metadata({"/Title": title, "/Author": "Rose Exemple, Luc Essai"})
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def test_a_pdf_with_text(tmp_path: Path) -> None:
    article = one(tmp_path, "a.pdf", a_pdf("La crue\nLa Loire mon-\nte encore\nce matin.", title="La crue"))
    assert (article.title, article.body) == ("La crue", "La Loire monte encore ce matin.")
    assert article.authors == ("Rose Exemple", "Luc Essai")
    assert (
        one(tmp_path, "b.pdf", a_pdf("La crue monte", title="Microsoft Word - a.doc")).title
        == "La crue monte"
    )
    assert "without text" in reasons(put(tmp_path, "c.pdf", a_pdf("")))[0]
    assert "damaged" in reasons(put(tmp_path, "d.pdf", b"%PDF-1.7 etc"))[0]


PAGES = (
    "Le Rivage - jeudi 6 février 2025\nLa crue\nLa Loire monte encore à Orléans et à\nBlois, a-t-on appris "
    "auprès de la\npréfecture du Loiret. Les quais sont\nfermés, dit le maire de la ville, Luc\nEssai, et le "
    "fleuve doit monter jus-\nqu’à samedi. La suite dépend-\nelle des pluies ? Le nouvel hô-\npital est au "
    "sec.\nLes écoles sont fermées et le préfet\nLe Rivage - page 1",
    "Le Rivage - jeudi 6 février 2025\nRose Exemple appelle à la prudence.\nLe Rivage - page 2",
)


def test_a_printed_page_gives_its_text_without_what_runs_over_it(tmp_path: Path) -> None:
    article = one(tmp_path, "a.pdf", a_pdf(*PAGES))
    assert (article.title, day(article)) == ("La crue", date(2025, 2, 6))
    assert article.body == (
        "La Loire monte encore à Orléans et à Blois, a-t-on appris auprès de la préfecture du Loiret. Les "
        "quais sont fermés, dit le maire de la ville, Luc Essai, et le fleuve doit monter jusqu’à samedi. La "
        "suite dépend-elle des pluies ? Le nouvel hôpital est au sec.\n"
        "Les écoles sont fermées et le préfet Rose Exemple appelle à la prudence."
    )


@pytest.mark.parametrize(("password", "said"), [("", "La Loire monte."), ("secret", "it is encrypted")])
def test_a_pdf_that_is_encrypted_is_read_where_it_needs_no_password(
    tmp_path: Path, password: str, said: str
) -> None:
    pypdf = pytest.importorskip("pypdf")
    pytest.importorskip("cryptography")
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(a_pdf("La crue\nLa Loire monte.")))
    writer.encrypt(password, "owner", algorithm="AES-256")
    writer.write(file := io.BytesIO())
    (found,) = put(tmp_path, "a.pdf", file.getvalue())
    assert said in (found.body if isinstance(found, Article) else found.reason)


def test_a_word_document(tmp_path: Path) -> None:
    docx = pytest.importorskip("docx")
    document, file = docx.Document(), io.BytesIO()
    document.add_heading("La crue", 0)
    document.add_paragraph(TEXT)
    document.add_table(1, 1).cell(0, 0).text = "Cote : 4 m"
    document.core_properties.author = "Rose Exemple; Luc Essai"
    document.save(file)
    article = one(tmp_path, "a.docx", file.getvalue())
    assert (article.title, article.body) == ("La crue", f"{TEXT}\n\nCote : 4 m")
    assert article.authors == ("Rose Exemple", "Luc Essai")
    assert "damaged" in reasons(put(tmp_path, "b.docx", b"PK\x03\x04 etc"))[0]
    bomb = packed({"word/document.xml": b" " * 2**21, "[Content_Types].xml": b""})
    (tmp_path / "c.docx").write_bytes(bomb)
    assert "expands" in reasons(list(read_source(tmp_path / "c.docx", max_bytes=2**20)))[0]


@pytest.mark.parametrize("head", [["La crue", "Par Rose Exemple", "Publié le 6 février 2025"],
                                  ["6 février 2025", "La crue", "Par Rose Exemple"]])
@pytest.mark.parametrize("title", ["La crue", "Document1"])
def test_the_text_of_a_word_document_says_who_wrote_it_and_when(
    tmp_path: Path, title: str, head: list[str]
) -> None:
    docx = pytest.importorskip("docx")
    document, file = docx.Document(), io.BytesIO()
    for text in (*head, TEXT, TEXT):
        document.add_paragraph(text, style="Title" if text == "La crue" and title != text else None)
    document.core_properties.title, document.core_properties.author = title, "Microsoft Office User"
    document.save(file)
    article = one(tmp_path, "a.docx", file.getvalue())
    assert (article.title, article.body) == ("La crue", f"{TEXT}\n\n{TEXT}")
    assert (article.authors, day(article)) == (("Rose Exemple",), date(2025, 2, 6))


WORD = """<w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr><w:r><w:t>La crue</w:t></w:r></w:p>
<w:p><w:pPr><w:pStyle w:val="Subtitle"/></w:pPr><w:r><w:t>On évacue.</w:t></w:r></w:p>
<w:p><w:r><w:t xml:space="preserve">La Loire </w:t></w:r>
<w:del><w:r><w:delText>baisse</w:delText></w:r></w:del>
<w:ins><w:r><w:t>monte</w:t></w:r></w:ins><w:moveFrom><w:r><w:t>hier</w:t></w:r></w:moveFrom>
<w:smartTag><w:r><w:t xml:space="preserve"> à Orléans.</w:t></w:r></w:smartTag></w:p>
<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Blois</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>4</w:t></w:r><w:r><w:tab/>
<w:t>m</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
<w:sdt><w:sdtContent><w:p><w:r><w:t>On évacue.</w:t></w:r></w:p></w:sdtContent></w:sdt>
<w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>Un encadré.</w:t></w:r></w:p>
</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent><w:p><w:r><w:t>Un encadré.</w:t></w:r></w:p>
</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r></w:p>"""
ODT = """<text:tracked-changes><text:changed-region><text:deletion><text:p>baisse</text:p></text:deletion>
</text:changed-region></text:tracked-changes><text:p text:style-name="P1">La crue</text:p>
<text:p text:style-name="Subtitle">On évacue.</text:p><text:p>La Loire<office:annotation><dc:creator>Luc Essai
</dc:creator><text:p>À vérifier.</text:p></office:annotation> <text:span>monte</text:span><text:note>
<text:note-citation>1</text:note-citation><text:note-body><text:p>Un encadré.</text:p></text:note-body>
</text:note> à Orléans.</text:p><table:table><table:table-row><table:table-cell><text:p>Blois</text:p>
</table:table-cell><table:table-cell><text:p>4<text:s/>m</text:p></table:table-cell></table:table-row>
</table:table><text:p>On évacue.</text:p>"""


def a_word_document() -> bytes:
    docx = pytest.importorskip("docx")
    spaces = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    body = docx.oxml.parse_xml(f"<w:body {docx.oxml.ns.nsdecls('w')} {spaces}>{WORD}</w:body>")
    document, file = docx.Document(), io.BytesIO()
    for element in list(body):
        document.element.body.insert(-1, element)
    document.core_properties.author = "Rose Exemple"
    document.save(file)
    return file.getvalue()


def an_opendocument_text() -> bytes:
    odfdo = pytest.importorskip("odfdo")
    document, file = odfdo.Document("text"), io.BytesIO()
    document.body.clear()
    document.insert_style(odfdo.Style("paragraph", name="P1", parent_style="Title"), automatic=True)
    document.meta.initial_creator = "Rose Exemple"
    document.save(file)
    with zipfile.ZipFile(file) as archive:
        parts: dict[str, bytes | str] = {name: archive.read(name) for name in archive.namelist()}
    content = bytes(parts["content.xml"])  # type: ignore[arg-type]
    parts["content.xml"] = re.sub(rb"<office:text[^>]*/>|(?<=<office:text>)(?=</)", ODT.encode(), content)
    return packed(parts)


@pytest.mark.parametrize(("name", "document"), [("a.docx", a_word_document), ("a.odt", an_opendocument_text)])
def test_a_document_is_read_as_it_is_seen(
    tmp_path: Path, name: str, document: Callable[[], bytes]
) -> None:
    article = one(tmp_path, name, document())
    assert (article.title, article.lede, article.authors) == ("La crue", "On évacue.", ("Rose Exemple",))
    assert article.body == "La Loire monte à Orléans.\n\nBlois | 4 m\n\nOn évacue.\n\nUn encadré."
    assert name == "a.odt" or article.published is None  # that of python-docx's template


def test_a_row_is_a_line_where_it_has_text_and_no_cell_of_several_paragraphs() -> None:
    etree = pytest.importorskip("lxml.etree")
    box, empty = "<tr><trPr/><tc><p>a</p><p>b</p></tc></tr>", "<tr><tc><p/></tc></tr>"
    row = "<tr><trPr/><tc><p>Blois</p></tc><tc><p>4 m</p></tc></tr>"
    found = flow.lines(etree.fromstring(f"<body>{box}{empty}{row}</body>"), lambda paragraph: "")
    assert [text for text, _ in found] == ["a", "b", "Blois | 4 m"]


def test_a_rich_text(tmp_path: Path) -> None:
    pytest.importorskip("striprtf")
    info = r"{\info{\title Document1}{\author Rose Ex\'e9mple}{\creatim\yr2025\mo2\dy6\hr10\min30}}"
    text = r"La crue\par La \b Loire\b0  monte \'e0 Orl\u233?ans.\par\pard Blois\cell 4 m\cell\row"
    article = one(tmp_path, "a.rtf", rf"{{\rtf1\ansi\ansicpg1252 {info}{text}}}")
    assert (article.title, article.body) == ("La crue", "La Loire monte à Orléans.\n\nBlois | 4 m")
    assert (article.authors, day(article)) == (("Rose Exémple",), date(2025, 2, 6))


@pytest.mark.parametrize(
    ("markup", "body"),
    [
        (r"{\*\shppict{\pict\pngblip 89504e47}}Dans C:\\bin, la Loire.\par", r"Dans C:\bin, la Loire."),
        (r"{\*\shppict{\pict{\*\picprop a}\pngblip\bin4 a}b}}}La Loire.\par", "La Loire."),
        ("{\\pict\\bin4 a\0}{}La Loire.\\par", "La Loire."),
        (r"La \u-10179?\u-8704? Loire \u-10179?.", "La 😀 Loire \ufffd."),
        (r"La Loire\u1114112? monte\u99999999999?.", "La Loire\ufffd monte\ufffd."),
        (r"La \uc\u233? Loire.", "La é Loire."),
        (r'Voir {\field{\*\fldinst{HYPERLINK "http://a.b/"}}{\fldrslt{ ici}}}.', "Voir ici."),
    ],
)
def test_rtf_beside_pictures_and_wrong_numbers(tmp_path: Path, markup: str, body: str) -> None:
    pytest.importorskip("striprtf")
    article = one(tmp_path, "a.rtf", rf"{{\rtf1\ansi\ansicpg1252 La crue\par {markup}}}")
    assert (article.title, article.body) == ("La crue", body)


def test_rtf_that_is_cut_off_says_so(tmp_path: Path) -> None:
    pytest.importorskip("striprtf")
    found = put(tmp_path, "a.rtf", r"{\rtf1\ansi La crue\par La Loire \{ monte")
    assert titles(found) == ["La crue"] and "cut off" in reasons(found)[0]


def test_a_sheet_has_the_rows_that_it_has(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    workbook, file = openpyxl.Workbook(), io.BytesIO()
    for row in (("titre", "auteur"), ("La crue", "#N/A"), ("La décrue", "Rose Exemple")):
        workbook.active.append(row)
    workbook.save(file)
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    for size in (b"A1", b"A1:XFD1048576"):
        said = parts[sheet].replace(b'ref="A1:B3"', b'ref="%s"' % size)
        found = put(tmp_path, "a.xlsx", packed({**parts, sheet: said}))
        assert [(each.title, each.authors) for each in found if isinstance(each, Article)] == [
            ("La crue", ()), ("La décrue", ("Rose Exemple",))
        ]
    found = put(tmp_path, "a.xlsx", packed({**parts, "docProps/core.xml": "<a>"}))
    assert "\n" not in reasons(found)[0]


def repeated(workbook: bytes) -> bytes:
    """The workbook with a text that is stored once and stands in ten rows."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    parts["xl/_rels/workbook.xml.rels"] = parts["xl/_rels/workbook.xml.rels"].replace(
        "</", f'<Relationship Id="s" Type="{kind}" Target="sharedStrings.xml"/></', 1
    )
    main = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
        "</", f'<Override PartName="/xl/sharedStrings.xml" ContentType="{main}.sharedStrings+xml"/></', 1
    )
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    parts["xl/sharedStrings.xml"] = f"<sst {space}><si><t>texte</t></si><si><t>{TEXT * 80}</t></si></sst>"
    rows = "".join(f'<row><c t="s"><v>{min(row, 1)}</v></c></row>' for row in range(10))
    parts["xl/worksheets/sheet1.xml"] = f"<worksheet {space}><sheetData>{rows}</sheetData></worksheet>"
    return packed({**parts})


def test_a_workbook(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    workbook, file = openpyxl.Workbook(), io.BytesIO()
    rows = [["Titre", "Date", "Texte"], ["La crue", date(2025, 2, 6), TEXT], [], ["Suite", "7/2/2025", TEXT]]
    for row in rows:
        workbook.active.append(row)
    workbook.create_sheet("Prix").append(["Prix"])
    workbook.save(file)
    found = put(tmp_path, "a.xlsx", file.getvalue())
    assert [(each.title, each.body, day(each)) for each in found if isinstance(each, Article)] == [
        ("La crue", TEXT, date(2025, 2, 6)), ("Suite", TEXT, date(2025, 2, 7)),
    ]
    above = openpyxl.Workbook()
    for row in [["Revue de presse"], [], ["du 6 février"], *rows]:
        above.active.append(row)
    above.save(tmp_path / "c.xlsx")
    assert titles(list(read_source(tmp_path / "c.xlsx"))) == ["La crue", "Suite"]
    (tmp_path / "b.xlsx").write_bytes(repeated(file.getvalue()))
    assert "longer than" in reasons(list(read_source(tmp_path / "b.xlsx", max_bytes=30_000)))[-1]


def test_a_heading_further_down_is_no_title(tmp_path: Path) -> None:
    docx = pytest.importorskip("docx")
    document, file = docx.Document(), io.BytesIO()
    for text in ("La crue", *[TEXT] * 5):
        document.add_paragraph(text)
    document.add_heading("Un bilan", 1)
    document.save(file)
    assert one(tmp_path, "a.docx", file.getvalue()).title == "La crue"


def test_an_opendocument_text(tmp_path: Path) -> None:
    odfdo = pytest.importorskip("odfdo")
    document, file = odfdo.Document("text"), io.BytesIO()
    document.body.clear()
    document.body.append(odfdo.Header(1, "La crue"))
    document.body.append(odfdo.Paragraph(TEXT))
    document.save(file)
    article = one(tmp_path, "a.odt", file.getvalue())
    assert (article.title, article.body) == ("La crue", TEXT)


def database(path: Path, *statements: str) -> None:
    connection = sqlite3.connect(path)
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()


def test_the_tables_of_a_database(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    database(
        path,
        "create table depeches(titre text, texte text, date text, source text)",
        "insert into depeches values('La crue', 'La Loire monte.', '2025-02-06', 'Le Rivage')",
        "insert into depeches values('', '', '', '')",
        "create table autre(x)",
        "create view piege as select titre from depeches",
    )
    before = path.read_bytes()
    article, error = read_source(path)
    assert isinstance(article, Article) and isinstance(error, ReadError)
    assert (article.title, article.source, day(article)) == ("La crue", "Le Rivage", date(2025, 2, 6))
    assert error.reason.startswith("table depeches, row 2")
    assert path.read_bytes() == before and not list(tmp_path.glob("a.db-*"))
    assert titles(put(tmp_path, "b.db.gz", gzip.compress(before))) == ["La crue"]
    assert "damaged" in reasons(put(tmp_path, "c.db", before[:100] + os.urandom(4000)))[0]
    database(tmp_path / "d.db", "create table autre(x)")
    assert "no table" in reasons(list(read_source(tmp_path / "d.db")))[0]


def test_texts_of_a_database_in_windows_1252_or_as_bytes_are_read(tmp_path: Path) -> None:
    old = "L’été".encode("cp1252").hex()
    path = tmp_path / "a.db"
    database(
        path,
        "create table depeches(titre text, texte blob)",
        f"insert into depeches values(cast(x'{old}' as text), x'{'L’été à Brest.'.encode().hex()}')",
        f"insert into depeches values('Blob', x'{old}')",
        "insert into depeches values('Image', x'89504e470d0a1a0a0000')",
    )
    found = [(each.title, each.body) for each in read_source(path) if isinstance(each, Article)]
    assert found == [("L’été", "L’été à Brest."), ("Blob", "L’été"), ("Image", "")]


def test_rows_of_two_tables_with_the_same_number_are_two_articles(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    database(
        path,
        'create table "les billets"(id integer, titre text)',
        "insert into \"les billets\" values(1, 'La crue')",
        "create table depeches(id integer, titre text)",
        "insert into depeches values(1, 'La décrue')",
    )
    found = [each.id for each in read_source(path) if isinstance(each, Article)]
    assert found == ["depeches:1", "lesbillets:1"]


def test_columns_of_a_database_that_say_nothing_of_an_article_are_not_read(tmp_path: Path) -> None:
    """A generated column takes no room in the file: a hundred of them filled the memory."""
    path = tmp_path / "a.db"
    database(path, "create table a(titre text, x text generated always as (zeroblob(70000000)) virtual)",
             "insert into a(titre) values('La crue')")
    assert titles(list(read_source(path))) == ["La crue"]


def test_a_database_is_read_with_what_its_log_has(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    database(path, "pragma journal_mode = wal", "create table depeches(titre text)")
    with closing(sqlite3.connect(path)) as writing:
        writing.execute("insert into depeches values('La crue')")
        writing.commit()
        before = path.read_bytes(), (tmp_path / "a.db-wal").read_bytes()
        assert titles(list(read_source(path))) == ["La crue"]
        assert [source.path for source in sources([tmp_path])] == [str(path)]  # not the log by itself
        assert (path.read_bytes(), (tmp_path / "a.db-wal").read_bytes()) == before


def test_a_log_may_have_more_rows_than_the_database_has_bytes(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    database(path, "pragma journal_mode = wal", "create table depeches(titre text)")
    with closing(sqlite3.connect(path)) as writing:
        writing.executemany("insert into depeches values(?)", ((f"Crue {n}",) for n in range(10_000)))
        writing.commit()
        assert path.stat().st_size < 10_000 and len(titles(list(read_source(path)))) == 10_000


def test_a_database_that_is_half_written_is_told(tmp_path: Path) -> None:
    path, copy = tmp_path / "a.db", tmp_path / "b.db"
    database(path, "create table depeches(titre text)", "insert into depeches values('La crue')")
    with closing(sqlite3.connect(path)) as writing:
        writing.execute("pragma cache_size = 1")
        writing.executemany("insert into depeches values(?)", (("La crue" * 99,) for _ in range(200)))
        for end in ("", "-journal"):
            copy.with_name(f"b.db{end}").write_bytes(path.with_name(f"a.db{end}").read_bytes())
    (reason,) = reasons(list(read_source(copy)))
    assert "half-written" in reason


def test_a_parquet_table(tmp_path: Path) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    file = io.BytesIO()
    parquet.write_table(pyarrow.table({"titre": ["La crue", ""], "texte": [TEXT, ""], "autre": [1, 2]}), file)
    found = put(tmp_path, "a.parquet", file.getvalue())
    assert titles(found) == ["La crue"] and reasons(found)[0].startswith("row 2")
    table = pyarrow.table({"titre": [b"La crue"], "texte": ["L’été".encode("cp1252")]})
    parquet.write_table(table, tmp_path / "b")
    assert [(each.title, each.body) for each in put(tmp_path, "b.parquet", (tmp_path / "b").read_bytes())
            if isinstance(each, Article)] == [("La crue", "L’été")]
    assert "damaged" in reasons(put(tmp_path, "b.parquet", file.getvalue()[:-20]))[0]
    assert "damaged" in reasons(put(tmp_path, "b.parquet", file.getvalue()[:-20] + b"x" * 20))[0]


def test_a_text_that_each_row_of_a_parquet_table_repeats_fills_no_disk(tmp_path: Path) -> None:
    """It stands in the file once: a table of 2 KB may hold gigabytes."""
    pyarrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    bomb = tmp_path / "a.parquet"
    bodies = pyarrow.array(["La crue " * 2**14] * 100)
    parquet.write_table(pyarrow.table({"texte": bodies}), bomb, compression="zstd")
    found = list(read_source(bomb, max_bytes=2**20))
    assert len(titles(found)) == 2**20 // (8 * 2**14)
    assert "expands more than 300 times" in reasons(found)[0]


def test_a_missing_extra_is_named_and_the_rest_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(name: str) -> None:
        raise ModuleNotFoundError(f"No module named {name!r}", name=name)

    monkeypatch.setattr(extras, "import_module", missing)
    for name, data, extra in (("a.warc", b"WARC/1.0\r\n", "warc"), ("a.parquet", b"PAR1", "parquet")):
        assert f'pip install "searchkit[{extra}]"' in reasons(put(tmp_path, name, data))[0]


def test_every_format_with_an_extra_names_one_that_the_package_has() -> None:
    from importlib.metadata import metadata

    extras = set(metadata("searchkit").get_all("Provides-Extra") or ())
    assert {format.extra for format in formats()} - {""} <= extras
