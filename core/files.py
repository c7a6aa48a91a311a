"""Taking files in safely: images are re-encoded without EXIF, PDFs checked, everything kept private."""

import hashlib
import io
import logging
import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from . import pdf_inspector
from .errors import Refusal, refuse_unless
from .models import StoredFile

LARGEST_BYTES = 15_000_000
LARGEST_PIXELS = 50_000_000
LONG_EDGE_PIXELS = 2_400
JPEG_QUALITY = 85
_INSPECTOR = Path(pdf_inspector.__file__)
_INSPECTED_WITHIN = 15  # seconds by the clock; the inspector's own limit counts its work only
_EXTENSIONS = {"image/jpeg": "jpg", "application/pdf": "pdf"}

_log = logging.getLogger(__name__)

Image.MAX_IMAGE_PIXELS = LARGEST_PIXELS


def store(upload: UploadedFile, *, by: Any, at: datetime, purpose: str) -> StoredFile:
    """Check, re-encode and keep one upload. Raises `Refusal` with a sentence for the person.

    The file is written before its row: a failed transaction leaves at worst a file without one, which
    `core.file_sweep` removes.
    """
    refuse_unless(
        0 < upload.size <= LARGEST_BYTES, _("“{name}”是空的或超过 15 MB，没有收下。").format(name=upload.name)
    )
    raw = upload.read()
    if raw.startswith(b"%PDF-"):
        content, content_type = _checked_pdf(raw, upload.name), "application/pdf"
    else:
        content, content_type = _clean_image(raw, upload.name), "image/jpeg"
    stored = StoredFile(
        purpose=purpose,
        content_type=content_type,
        size_bytes=len(content),
        sha256=hashlib.sha256(content).digest(),
        uploaded_at=at,
        uploaded_by_id=by.pk if by else None,
    )
    _write(path_of(stored), content)
    stored.save(force_insert=True)
    return stored


def path_of(stored: StoredFile) -> Path:
    """Where the file lies: two levels of folders, so that none grows without end."""
    return Path(settings.MEDIA_ROOT) / stored.token[:2] / stored.token[2:4] / stored.token


def respond(stored: StoredFile) -> FileResponse:
    """The file as a download that cannot run anything in our origin. The caller has checked the right to it."""
    name = f"{stored.purpose}-{stored.token[:8]}.{_EXTENSIONS[stored.content_type]}"
    try:
        content = path_of(stored).open("rb")
    except FileNotFoundError as error:
        _log.error("the file of row %s is missing", stored.pk)
        raise Refusal(_("这个文件现在打不开，我们已经记下，请稍后再试或拨打服务热线。")) from error
    response = FileResponse(content, as_attachment=True, filename=name, content_type=stored.content_type)
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response


def _checked_pdf(raw: bytes, name: str) -> bytes:
    """The file as it came: a signed contract would lose its signature if we wrote it anew."""
    sentences = {
        pdf_inspector.ACTIVE: _("“{name}”里有脚本、附件或会自己打开的内容，请另存为普通 PDF，或拍照上传。"),
        pdf_inspector.LOCKED: _("“{name}”设了密码或限制，请去掉密码另存，或拍照上传。"),
        pdf_inspector.HEAVY: _("“{name}”太复杂，检查不完，请分成几份，或拍照上传。"),
        pdf_inspector.BROKEN: _("“{name}”不完整或打不开，请重新选择，或拍照上传。"),
    }
    answer = _inspected(raw)
    if answer != pdf_inspector.PLAIN:
        raise Refusal(sentences[answer].format(name=name))
    return raw


def _inspected(raw: bytes) -> str:
    """What the inspector says; one that was ended by a limit found too much."""
    command = [sys.executable, "-I", str(_INSPECTOR)]
    environment = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
    try:
        done = subprocess.run(
            command, input=raw, capture_output=True, env=environment, timeout=_INSPECTED_WITHIN, check=False
        )
    except subprocess.TimeoutExpired:
        return pdf_inspector.HEAVY
    if done.returncode > 0:  # not a limit's signal: something is wrong with the inspector itself
        _log.error("the PDF inspector failed: %s", done.stderr.decode(errors="replace")[-500:])
    return pdf_inspector.HEAVY if done.returncode else done.stdout.decode().strip()


def _clean_image(raw: bytes, name: str) -> bytes:
    unreadable = _("“{name}”不是能打开的照片或 PDF。请用 JPG、PNG 照片或 PDF。").format(name=name)
    try:
        with Image.open(io.BytesIO(raw), formats=("JPEG", "PNG", "WEBP", "GIF", "BMP")) as image:
            if image.width * image.height > LARGEST_PIXELS:  # Pillow itself only warns up to twice as many
                raise Image.DecompressionBombError
            image = ImageOps.exif_transpose(image).convert("RGB")
            image.thumbnail((LONG_EDGE_PIXELS, LONG_EDGE_PIXELS))
            out = io.BytesIO()
            image.save(out, "JPEG", quality=JPEG_QUALITY, optimize=True)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Refusal(_("“{name}”的像素太多，请缩小后再上传。").format(name=name)) from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise Refusal(unreadable) from error
    return out.getvalue()


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())  # as lasting as the row that will name it
