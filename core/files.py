"""Taking files in safely: images are re-encoded without EXIF, PDFs checked, everything kept private."""

import hashlib
import io
import os
import re
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from .errors import Refusal, refuse_unless
from .models import StoredFile

LARGEST_BYTES = 15_000_000
LARGEST_PIXELS = 50_000_000
LONG_EDGE_PIXELS = 2_400
JPEG_QUALITY = 85
# A PDF that runs, launches or carries something is no document for an office to open.
_ACTIVE_PDF = re.compile(
    rb"/(?:JavaScript|JS|Launch|EmbeddedFiles?|OpenAction|AA|XFA|RichMedia|Encrypt)(?![A-Za-z0-9_.+-])"
)
# A name may be spelled /J#61vaScript (ISO 32000-1, 7.3.5).
_SPELLED = re.compile(rb"#([0-9A-Fa-f]{2})")
_EXTENSIONS = {"image/jpeg": "jpg", "application/pdf": "pdf"}

Image.MAX_IMAGE_PIXELS = LARGEST_PIXELS


def store(upload: UploadedFile, *, by: Any, at: datetime, purpose: str) -> StoredFile:
    """Check, re-encode and keep one upload. Raises `Refusal` with a sentence for the person.

    The file is written before its row: a failed transaction leaves at worst an unreferenced file.
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
    response = FileResponse(
        path_of(stored).open("rb"), as_attachment=True, filename=name, content_type=stored.content_type
    )
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response


def _checked_pdf(raw: bytes, name: str) -> bytes:
    plain = _SPELLED.sub(lambda found: bytes.fromhex(found[1].decode()), raw)
    refuse_unless(
        not (_ACTIVE_PDF.search(raw) or _ACTIVE_PDF.search(plain)),
        _("“{name}”里有脚本、附件或密码，请另存为普通 PDF 或拍照上传。").format(name=name),
    )
    refuse_unless(b"%%EOF" in raw[-2048:], _("“{name}”不完整，请重新选择。").format(name=name))
    return raw


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
