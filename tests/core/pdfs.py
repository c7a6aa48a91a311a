"""PDF files written by hand, so that a test can put anything anywhere."""

import zlib

PAGES = {
    1: b"<< /Type /Catalog /Pages 2 0 R >>",
    2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>",
}


def stream(content, more=b"", *, packed=True):
    """A stream's body, deflated unless told otherwise."""
    data, how = (zlib.compress(content), b"/Filter /FlateDecode") if packed else (content, b"")
    return b"<< /Length %d %s %s >>\nstream\n%s\nendstream" % (len(data), how, more, data)


def objects_in_a_stream(objects):
    """An object stream: the objects are out of sight of whoever only reads bytes."""
    head, body = b"", b""
    for number, content in objects.items():
        head += b"%d %d " % (number, len(body))
        body += content + b" "
    return stream(head + body, b"/Type /ObjStm /N %d /First %d" % (len(objects), len(head)))


def pdf(more=None, *, catalog=b"", trailer=b"", hidden=None):
    """A one-page file with `more` objects and words in the catalog; `hidden` objects go into object stream 90."""
    objects = {**PAGES, **(more or {})}
    objects[1] = objects[1].replace(b"/Pages", catalog + b" /Pages", 1)
    if hidden:
        objects[90] = objects_in_a_stream(hidden)
    out, offsets = bytearray(b"%PDF-1.7\n"), {}
    for number, content in objects.items():
        offsets[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    return bytes(out) + (_xref_stream if hidden else _xref_table)(offsets, len(out), trailer, hidden or {})


def _xref_table(offsets, start, trailer, _hidden):
    lines = b"".join(b"%d 1\n%010d 00000 n \n" % (number, offset) for number, offset in offsets.items())
    size = max(offsets) + 1
    tail = b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, start)
    return b"xref\n0 1\n0000000000 65535 f \n" + lines + tail


def _xref_stream(offsets, start, trailer, hidden):
    rows = {number: b"\x01" + offset.to_bytes(4, "big") + b"\0" for number, offset in offsets.items()}
    rows |= {number: b"\x02" + (90).to_bytes(4, "big") + bytes([index]) for index, number in enumerate(hidden)}
    rows[91] = b"\x01" + start.to_bytes(4, "big") + b"\0"
    index = b" ".join(b"%d 1" % number for number in rows)
    more = b"/Type /XRef /W [1 4 1] /Root 1 0 R /Size 92 /Index [%s] %s" % (index, trailer)
    return b"91 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n" % (stream(b"".join(rows.values()), more), start)
