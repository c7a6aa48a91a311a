"""Nothing that people upload is kept as it came, unless it is a plain PDF (test_pdfs.py)."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from core import files
from core.errors import Refusal
from core.models import StoredFile

from .pdfs import pdf

pytestmark = pytest.mark.django_db
GPS_TAG = 0x8825


@pytest.fixture(autouse=True)
def _private_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def picture(size=(800, 600), kind="JPEG", **options):
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, kind, **options)
    return out.getvalue()


def keep(content, at, name="a.jpg"):
    return files.store(SimpleUploadedFile(name, content), by=None, at=at, purpose="test")


def test_a_photo_loses_its_place_and_keeps_its_picture(at):
    exif = Image.Exif()
    exif[GPS_TAG] = {1: "N", 2: (29.0, 33.0, 0.0)}
    exif[0x010F] = "PhoneMaker"
    stored = keep(picture(exif=exif) + b"<script>trailing</script>", at)
    content = files.path_of(stored).read_bytes()
    assert b"PhoneMaker" not in content
    assert b"script" not in content
    with Image.open(io.BytesIO(content)) as image:
        assert image.size == (800, 600)
        assert not image.getexif()


def test_a_huge_photo_is_scaled_down(at):
    stored = keep(picture((4000, 3000)), at)
    with Image.open(files.path_of(stored)) as image:
        assert max(image.size) == files.LONG_EDGE_PIXELS


def test_every_usual_picture_becomes_a_jpeg(at):
    for kind in ("PNG", "WEBP", "GIF", "BMP"):
        assert keep(picture(kind=kind), at).content_type == "image/jpeg"


def bomb(side=60_000):
    """A GIF whose header, which has no checksum, claims so many pixels each way."""
    content = picture(kind="GIF")
    return content[:6] + side.to_bytes(2, "little") * 2 + content[10:]


HOSTILE = {
    "empty": b"",
    "text": b"hello",
    "html": b"<!doctype html><script>alert(1)</script>",
    "svg": b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
    "svg with an xml head": b"<?xml version='1.0'?><svg onload='alert(1)'/>",
    "zip": b"PK\x03\x04" + b"\0" * 200,
    "elf": b"\x7fELF" + b"\0" * 200,
    "windows program": b"MZ" + b"\0" * 200,
    "shell script": b"#!/bin/sh\nrm -rf /",
    "php in a jpeg's head": b"\xff\xd8\xff\xe0<?php system('id'); ?>",
    "cut jpeg": picture()[:400],
    "cut png": picture(kind="PNG")[:60],
    "gif header only": b"GIF89a",
    "webp header only": b"RIFF\0\0\0\0WEBP",
    "tiff": picture(kind="TIFF"),
    "ico": picture((32, 32), kind="ICO"),
    "eps": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 1 1\n(%pipe%id) (w) file",
    "pixel bomb": bomb(),
    "cut pdf": b"%PDF-1.7 lorem ipsum",
    "pdf deep inside": b"x" * 2000 + b"%PDF-1.7 %%EOF",
    "null bytes": b"\0" * 5000,
    "random": bytes(range(256)) * 40,
    "too large": b"\xff\xd8" + b"\0" * files.LARGEST_BYTES,
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_file_is_refused_with_its_name_and_not_kept(kind, at, tmp_path):
    with pytest.raises(Refusal, match=f"“{kind}.jpg”"):
        keep(HOSTILE[kind], at, name=f"{kind}.jpg")
    assert not StoredFile.objects.exists()
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
@pytest.mark.parametrize("side", [8_000, 60_000])
def test_too_many_pixels_are_refused_also_where_pillow_only_warns(side, at):
    with pytest.raises(Refusal, match="像素太多"):
        keep(bomb(side), at)


def test_a_plain_pdf_is_kept_and_served_as_a_harmless_download(at):
    stored = keep(pdf(), at, name="a.pdf")
    response = files.respond(stored)
    assert b"".join(response.streaming_content).startswith(b"%PDF")
    response.close()
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith("attachment")
    assert "sandbox" in response["Content-Security-Policy"]
    assert "no-store" in response["Cache-Control"]


def test_file_names_cannot_be_guessed_and_lie_outside_the_web_root(at, settings):
    first, second = keep(picture(), at), keep(picture(), at)
    assert len(first.token) == 40
    assert first.token != second.token
    assert files.path_of(first).stat().st_mode & 0o077 == 0
