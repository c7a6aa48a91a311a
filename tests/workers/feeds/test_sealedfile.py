"""Uploads and workbooks at rest: nothing readable on the disk, nothing left behind, nothing cut unnoticed."""

import errno
import hashlib
import io
import os
import signal
import subprocess
import sys
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.management import call_command

from core import crypto
from core.errors import Refusal
from workers.feeds import sealedfile

SENTINEL = b"11010519491231002X"
ROW = uuid4()
KEYS = {name: f"{name}:" + letter * 43 + "=" for name, letter in {"old": "A", "new": "B"}.items()}


def kept(path, content=SENTINEL * 200_000, row=ROW, label="upload"):
    return sealedfile.seal(
        [content[i : i + 70_001] for i in range(0, len(content), 70_001)], path, row=row, label=label
    )


def read(path, row=ROW, label="upload"):
    return b"".join(sealedfile.stream(path, row=row, label=label))


def everything_below(folder):
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("size", [0, 1, sealedfile.CHUNK_BYTES, sealedfile.CHUNK_BYTES + 1, 3 * sealedfile.CHUNK_BYTES])
def test_what_was_sealed_opens_again(tmp_path, size):
    content = os.urandom(size)
    known = kept(tmp_path / "a", content)
    assert (known.size, known.digest) == (size, hashlib.sha256(content).digest())
    assert read(tmp_path / "a") == content


def test_no_id_number_stands_on_the_disk_while_a_file_is_sealed_open_or_closed(tmp_path, settings):
    kept(tmp_path / "a")
    with sealedfile.opened(tmp_path / "a", row=ROW, label="upload") as plain:
        assert plain.read_bytes() == SENTINEL * 200_000
        assert SENTINEL not in everything_below(tmp_path)
        assert os.stat(plain).st_mode & 0o777 == 0o600
    assert SENTINEL not in everything_below(tmp_path)
    assert not list(settings.PRIVATE_WORK_DIR.iterdir())
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o600


def test_a_killed_process_leaves_no_plain_text(tmp_path):
    kept(tmp_path / "a", SENTINEL)
    script = (
        "import os, signal, django\nfrom pathlib import Path\nfrom uuid import UUID\ndjango.setup()\n"
        f"from django.conf import settings\nsettings.PRIVATE_WORK_DIR = {str(tmp_path / 'w')!r}\n"
        "from workers.feeds import sealedfile\n"
        f"with sealedfile.opened(Path({str(tmp_path / 'a')!r}), row=UUID({str(ROW)!r}), label='upload') as plain:\n"
        "    assert plain.read_bytes()\n    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    done = subprocess.run([sys.executable, "-c", script], env=env, capture_output=True, timeout=60)
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert SENTINEL not in everything_below(tmp_path)


def cut_in_a_chunk(sealed):
    return sealed[:-5]


def cut_between_chunks(sealed):
    return sealed[: sealedfile.HEADER_BYTES + 2 * (sealedfile.CHUNK_BYTES + 16)]


def only_the_header(sealed):
    return sealed[: sealedfile.HEADER_BYTES]


def lengthened(sealed):
    return sealed + sealed[-40:]


def reordered(sealed):
    first, size = sealedfile.HEADER_BYTES, sealedfile.CHUNK_BYTES + 16
    return sealed[:first] + sealed[first + size : first + 2 * size] + sealed[first : first + size] + sealed[-9:]


def one_bit_changed(sealed):
    return sealed[:5000] + bytes([sealed[5000] ^ 1]) + sealed[5001:]


@pytest.mark.parametrize(
    "damage", [cut_in_a_chunk, cut_between_chunks, only_the_header, lengthened, reordered, one_bit_changed]
)
def test_a_damaged_file_is_refused_with_a_sentence(tmp_path, damage):
    path = tmp_path / "a"
    kept(path)
    path.write_bytes(damage(path.read_bytes()))
    with pytest.raises(Refusal, match="已损坏"):
        read(path)


def test_a_file_does_not_open_as_another_batch_or_kind(tmp_path):
    kept(tmp_path / "a")
    for row, label in [(uuid4(), "upload"), (ROW, "returned")]:
        with pytest.raises(Refusal, match="已损坏"):
            read(tmp_path / "a", row=row, label=label)


def test_a_full_disk_is_a_sentence_and_leaves_nothing(tmp_path, monkeypatch):
    written = sealedfile._write
    calls = []

    def full_after_two(file, data):
        calls.append(data)
        with sealedfile._full_disk_is_a_sentence():
            if len(calls) > 2:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        written(file, data)

    monkeypatch.setattr(sealedfile, "_write", full_after_two)
    with pytest.raises(Refusal, match="磁盘满了"):
        kept(tmp_path / "files" / "a")
    assert not list((tmp_path / "files").iterdir())


def test_an_upload_that_breaks_off_leaves_nothing(tmp_path):
    def pieces():
        yield SENTINEL * 200_000
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        sealedfile.seal(pieces(), tmp_path / "files" / "a", row=ROW, label="upload")
    with pytest.raises(ZeroDivisionError), sealedfile.writing(tmp_path / "files" / "a", row=ROW, label="x") as file:
        file.write(SENTINEL * 200_000)
        raise ZeroDivisionError
    assert not list((tmp_path / "files").iterdir())


def test_a_file_under_an_old_key_opens_and_can_be_brought_under_the_new_one(tmp_path, settings):
    settings.FIELD_KEYS = KEYS["old"]
    kept(tmp_path / "a", SENTINEL)
    settings.FIELD_KEYS = f"{KEYS['new']},{KEYS['old']}"
    assert read(tmp_path / "a") == SENTINEL
    assert sealedfile.rewrap(tmp_path / "a") is True
    assert sealedfile.rewrap(tmp_path / "a") is False
    settings.FIELD_KEYS = KEYS["new"]
    assert read(tmp_path / "a") == SENTINEL
    assert sealedfile.key_id_of(tmp_path / "a") == crypto.current_key_id() == "new"


@pytest.mark.django_db
def test_a_rotation_takes_the_files_along(settings):
    settings.FIELD_KEYS = KEYS["old"]
    folder = Path(settings.MEDIA_ROOT) / sealedfile.FOLDER
    for name in ("a", "b"):
        kept(folder / name, SENTINEL)
    (folder / "c.part").write_bytes(b"being written")
    settings.FIELD_KEYS = f"{KEYS['new']},{KEYS['old']}"
    out = io.StringIO()
    call_command("rotate_keys", "--dry-run", stdout=out)
    assert "workers.feeds: 2 to re-seal" in out.getvalue()
    call_command("rotate_keys", stdout=out)
    assert "workers.feeds: 2 of 2" in out.getvalue()
    assert sealedfile.outdated() == []
    settings.FIELD_KEYS = KEYS["new"]
    assert read(folder / "b") == SENTINEL


def test_without_its_key_a_file_is_refused(tmp_path, settings):
    settings.FIELD_KEYS = KEYS["old"]
    kept(tmp_path / "a", SENTINEL)
    settings.FIELD_KEYS = KEYS["new"]
    with pytest.raises(Refusal, match="已损坏"):
        read(tmp_path / "a")
