"""Looks into one PDF and says in a word what it is: a process of its own, because the file may be hostile.

    python -I core/pdf_inspector.py < contract.pdf

It imports nothing of the portal, gets none of its secrets and runs under hard limits of time and memory, so that
a loop or a bomb costs these and nothing else. It looks at every object of the file, not only at those that a page
leads to, and once more over the bytes, because two readers may disagree about what belongs to a broken file.
"""

import io
import logging
import re
import resource
import sys
import zlib
from collections.abc import Iterator
from typing import Any

import pypdf
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

# Every answer there is; anything else, and silence, means that a limit ended the process.
PLAIN, ACTIVE, LOCKED, BROKEN, HEAVY = "plain", "active", "locked", "broken", "heavy"

CPU_SECONDS = 5
MEMORY_BYTES = 1 << 29
MOST_OBJECTS = 100_000
MOST_UNPACKED = 300_000_000  # bytes, all streams together
MOST_PIXELS = 300_000_000  # a page of A0 at 400 dpi

# What runs, leaves the file or carries another one (ISO 32000-2, 12.6.4, 7.11.4, 12.7.8, 13).
_ACTIONS = {
    *("/JavaScript", "/Launch", "/GoToR", "/GoToE", "/GoToDp", "/SubmitForm", "/ImportData"),
    *("/Rendition", "/Movie", "/Sound", "/RichMediaExecute", "/GoTo3DView"),
}
_KEYS = {"/JS", "/JavaScript", "/XFA", "/EmbeddedFiles", "/EF", "/AF", "/RichMediaContent", "/RichMediaSettings"}
_KINDS = {"/EmbeddedFile", "/FileAttachment", "/RichMedia", "/Movie", "/Sound", "/Screen", "/3D"}
_PACKING = {"/FlateDecode", "/Fl", "/LZWDecode", "/LZW", "/BrotliDecode"}
# Going to a page of the file itself is all that may happen unasked.
_UNASKED = {"/GoTo"}

# The second look. A scan's chance bytes do not spell words of this length.
_SPELLED = re.compile(rb"#([0-9A-Fa-f]{2})")
_WORDS = re.compile(rb"/(?:JavaScript|Launch|EmbeddedFiles?|RichMedia\w*|SubmitForm|ImportData)(?![A-Za-z0-9_.+-])")
_LONGEST_WORD = 64  # bytes, all letters spelled as #xx
_STREAM = re.compile(rb"stream\s{0,3}")
_PIECE = 1 << 18  # bytes


class Heavy(Exception):
    """More objects, bytes or pixels than a paper for an office has."""


def judge(raw: bytes) -> str:
    """One of the answers above, whatever the bytes."""
    try:
        return _inspect(raw)
    except (Heavy, MemoryError, RecursionError, pypdf.errors.LimitReachedError):
        return HEAVY
    except Exception:  # whatever a parser trips over, the file is none that everybody can open
        return LOCKED if b"/Encrypt" in raw else BROKEN


def _inspect(raw: bytes) -> str:
    reader = pypdf.PdfReader(io.BytesIO(raw))
    if reader.is_encrypted:
        return LOCKED
    # A crooked table is common and repaired; of a crooked object pypdf would keep the half that it understood.
    reader.strict = True
    for value in _objects(reader):
        for part in _parts(value):
            if isinstance(part, DictionaryObject) and _is_active(part):
                return ACTIVE
            if isinstance(part, StreamObject) and _is_heavy(part):
                return HEAVY
    if _says_so(raw) or any(_says_so(piece) for piece in _unpacked(raw)):
        return ACTIVE
    return PLAIN if len(reader.pages) else BROKEN


def _objects(reader: pypdf.PdfReader) -> Iterator[Any]:
    """The trailer and every object, whether or not anything refers to it."""
    known = {(number, generation) for generation, numbers in reader.xref.items() for number in numbers}
    known |= {(number, 0) for number in reader.xref_objStm}
    if len(known) > MOST_OBJECTS:
        raise Heavy
    yield reader.trailer
    for number, generation in sorted(known):
        yield reader.get_object(IndirectObject(number, generation, reader))


def _parts(value: Any) -> Iterator[Any]:
    """A value and what stands in it directly; what it only refers to is an object of its own."""
    waiting, seen = [value], 0
    while waiting:
        part, seen = waiting.pop(), seen + 1
        if seen > 20 * MOST_OBJECTS:
            raise Heavy
        yield part
        if isinstance(part, DictionaryObject):
            waiting += dict.values(part)
        elif isinstance(part, ArrayObject):
            waiting += list.__iter__(part)


def _is_active(part: DictionaryObject) -> bool:
    keys = {str(key) for key in part}
    kinds = {_word(part, "/Type"), _word(part, "/Subtype")}
    outside = isinstance(part, StreamObject) and "/F" in keys  # its bytes stand in another file
    if keys & _KEYS or kinds & _KINDS or _word(part, "/S") in _ACTIONS or outside:
        return True
    unasked = [_resolved(part, "/OpenAction")]
    if isinstance(triggers := _resolved(part, "/AA"), DictionaryObject):
        unasked += [_resolved(triggers, key) for key in triggers]
    return any(isinstance(act, DictionaryObject) and _chain(act) - _UNASKED for act in unasked)


def _chain(act: DictionaryObject) -> set[str]:
    """The kinds of an action and of those that follow it."""
    kinds, waiting, seen = set(), [act], 0
    while waiting and seen < 100:
        act, seen = waiting.pop(), seen + 1
        kinds.add(_word(act, "/S"))
        following = _resolved(act, "/Next")
        for item in following if isinstance(following, ArrayObject) else [following]:
            item = item.get_object() if isinstance(item, IndirectObject) else item
            if isinstance(item, DictionaryObject):
                waiting.append(item)
    return kinds if not waiting else {"/Endless"}


def _resolved(part: DictionaryObject, key: str) -> Any:
    value = dict.get(part, key)
    return value.get_object() if isinstance(value, IndirectObject) else value


def _word(part: DictionaryObject, key: str) -> str:
    value = _resolved(part, key)
    return str(value) if isinstance(value, str) else ""


def _is_heavy(stream: StreamObject) -> bool:
    """A picture of too many pixels, or a bomb in a bomb: no program packs twice for a reason."""
    sides = [_resolved(stream, key) for key in ("/Width", "/Height")]
    filters = _resolved(stream, "/Filter")
    names = [str(item) for item in (filters if isinstance(filters, ArrayObject) else [filters])]
    many = all(isinstance(side, int) for side in sides) and sides[0] * sides[1] > MOST_PIXELS
    return many or sum(name in _PACKING for name in names) > 1


def _says_so(content: bytes) -> bool:
    """Whether a name that a plain file never needs is spelled in it; a name may be spelled /J#61vaScript."""
    plain = _SPELLED.sub(lambda found: bytes.fromhex(found[1].decode()), content)
    return bool(_WORDS.search(content) or _WORDS.search(plain))


def _unpacked(raw: bytes) -> Iterator[bytes]:
    """What the file's streams unpack to, in overlapping pieces; the officials' viewers unpack all of it, too."""
    left = MOST_UNPACKED
    for found in _STREAM.finditer(raw):
        tail = b""
        for piece in _pumped(memoryview(raw)[found.end() :]):
            left -= len(piece)
            if left < 0:
                raise Heavy
            yield tail + piece
            tail = piece[-_LONGEST_WORD:]


def _pumped(data: memoryview) -> Iterator[bytes]:
    """Deflated bytes, a piece at a time, for as long as they make sense."""
    pump, offset, waiting = zlib.decompressobj(), 0, b""
    while not pump.eof and (waiting or offset < len(data)):
        if not waiting:
            waiting, offset = bytes(data[offset : offset + _PIECE]), offset + _PIECE
        try:
            piece = pump.decompress(waiting, _PIECE)
        except zlib.error:
            return
        waiting = pump.unconsumed_tail
        yield piece


def main() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    if sys.platform == "linux":  # elsewhere the system refuses this limit
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    logging.disable(logging.CRITICAL)
    print(judge(sys.stdin.buffer.read()))


if __name__ == "__main__":
    main()
