"""Files that people hand in, kept outside the web root."""

import secrets

from django.db import models
from django.utils.translation import gettext_lazy as _


def new_token() -> str:
    """160 random bits: knowing one file's name says nothing about another's."""
    return secrets.token_hex(20)


class StoredFile(models.Model):
    """A re-encoded image or a checked PDF. Who may read it is decided by the matter that links to it."""

    token = models.CharField(_("文件名"), max_length=40, unique=True, default=new_token, editable=False)
    purpose = models.CharField(_("用途"), max_length=64)
    content_type = models.CharField(_("类型"), max_length=40)
    size_bytes = models.PositiveIntegerField(_("大小"))
    sha256 = models.BinaryField(max_length=32)
    uploaded_at = models.DateTimeField(_("上传时间"))
    uploaded_by_id = models.BigIntegerField(_("上传人编号"), null=True)

    class Meta:
        verbose_name = _("文件")
        verbose_name_plural = _("文件")

    def __str__(self) -> str:
        return f"{self.purpose} {self.token[:8]}"
