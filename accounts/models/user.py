"""The one kind of account; its role says what it is for and its jurisdictions where."""

import secrets
import uuid

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.constraints import one_of
from core.divisions import prefix_of
from core.fields import SealedTextField
from core.models import Division

from ..enums import Role


def new_username() -> str:
    """Workers and brokers sign in by phone; their user name is random and says nothing about them."""
    return f"u{secrets.token_hex(8)}"


class User(AbstractUser):
    """A worker, broker, official or auditor."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    username = models.CharField(_("用户名"), max_length=40, unique=True, default=new_username)
    first_name = last_name = email = None
    display_name = models.CharField(_("姓名"), max_length=40, blank=True)
    role = models.CharField(_("身份"), max_length=12, choices=Role.choices, default=Role.WORKER)
    phone = SealedTextField(_("手机号"), null=True)
    phone_index = models.BinaryField(max_length=32, null=True, unique=True, editable=False)
    phone_verified_at = models.DateTimeField(_("手机号核验时间"), null=True, blank=True, editable=False)
    # Set when the number may have passed to somebody else; identity must be proved before anything is opened.
    held_since = models.DateTimeField(_("待核对身份"), null=True, blank=True, editable=False)
    jurisdictions = models.ManyToManyField(Division, blank=True, verbose_name=_("管辖"))

    objects = UserManager()

    EMAIL_FIELD = None
    REQUIRED_FIELDS = []

    class Meta:
        verbose_name = _("账户")
        verbose_name_plural = _("账户")
        constraints = [
            one_of("role", Role, name="accounts_user_role", message=_("未知的身份。")),
            models.CheckConstraint(
                condition=models.Q(role__in=[Role.OFFICIAL, Role.AUDITOR]) | models.Q(is_staff=False),
                name="accounts_user_staff_are_officials",
                violation_error_message=_("只有工作人员可以进入管理后台。"),
            ),
        ]

    def __str__(self) -> str:
        return self.display_name or self.username

    @property
    def audit_name(self) -> str:
        """How the audit trail and timelines name this person. A worker is not named to others."""
        if self.role == Role.WORKER:
            return str(_("本人"))
        return f"{self.display_name or self.username}（{self.get_role_display()}）"

    def jurisdiction_prefixes(self) -> list[str]:
        """Code prefixes of the divisions in this person's charge; read once per instance."""
        if not hasattr(self, "_prefixes"):
            self._prefixes = [prefix_of(code) for code in self.jurisdictions.values_list("code", flat=True)]
        return self._prefixes

    def covers(self, division_code: str) -> bool:
        """True when the division lies in this person's jurisdiction."""
        return bool(division_code) and division_code.startswith(tuple(self.jurisdiction_prefixes()))
