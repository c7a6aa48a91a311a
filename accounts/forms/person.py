"""Creating and changing officials, auditors and brokers."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from core.divisions import CITY
from core.models import Division

from .. import phones
from ..enums import Role
from ..models import User
from ..models.user import new_username
from .phone import PhoneField

KEPT_ROLES = [Role.OFFICIAL, Role.AUDITOR, Role.BROKER]


class PersonForm(forms.ModelForm):
    """Staff have a user name and a password, brokers a phone; both have a jurisdiction."""

    phone_number = PhoneField(required=False, label=_("手机号（劳务经纪人）"))
    new_password = forms.CharField(
        label=_("初始密码（工作人员）"),
        required=False,
        strip=False,
        help_text=_("至少 12 位。修改已有账户时，留空表示不变。"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    divisions = forms.ModelMultipleChoiceField(
        label=_("管辖区县"),
        required=False,
        queryset=Division.objects.none(),
        widget=forms.SelectMultiple(attrs={"size": 12}),
        help_text=_("按住 Ctrl 可以多选；选“重庆市”就是全市。"),
    )
    townships = forms.CharField(
        label=_("管辖乡镇街道代码"), required=False, max_length=400, help_text=_("9 位，多个用空格隔开。")
    )

    class Meta:
        model = User
        fields = ["role", "username", "display_name", "is_active"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "role" in self.fields:
            self.fields["role"].choices = [(role.value, role.label) for role in KEPT_ROLES]
        kept = Division.objects.filter(level=Division.Level.DISTRICT) | Division.objects.filter(code=CITY)
        self.fields["divisions"].queryset = kept.order_by("code")
        if "username" in self.fields:
            self.fields["username"].required = False
            self.initial["username"] = ""
        if self.instance.pk:
            mine = list(self.instance.jurisdictions.all())
            self.initial["divisions"] = [row.pk for row in mine if len(row.code) == 6]
            self.initial["townships"] = " ".join(row.code for row in mine if len(row.code) > 6)

    def clean_townships(self) -> list[Division]:
        codes = set(self.cleaned_data["townships"].replace("，", " ").replace(",", " ").split())
        found = list(Division.objects.filter(code__in=codes, level=Division.Level.TOWNSHIP))
        if missing := codes - {row.code for row in found}:
            raise forms.ValidationError(_("没有这些代码：{codes}").format(codes=" ".join(sorted(missing))))
        return found

    def clean_phone_number(self) -> str:
        phone = self.cleaned_data["phone_number"]
        taken = phone and User.objects.filter(phone_index=phones.index(phone)).exclude(pk=self.instance.pk).exists()
        if taken:
            raise forms.ValidationError(_("这个手机号已属于另一个账户。"))
        return phone

    def clean_new_password(self) -> str:
        password = self.cleaned_data["new_password"]
        if password:
            validate_password(password, self.instance)
        return password

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        role, is_new = cleaned.get("role", self.instance.role), self.instance.pk is None
        if is_new and not cleaned.get("username") and "username" not in self.errors:
            if role == Role.BROKER:
                cleaned["username"] = new_username()
            else:
                self.add_error("username", _("请填写用户名。"))
        if role == Role.BROKER and is_new and not cleaned.get("phone_number") and "phone_number" not in self.errors:
            self.add_error("phone_number", _("劳务经纪人用手机号登录，请填写。"))
        if role != Role.BROKER and cleaned.get("phone_number"):
            self.add_error("phone_number", _("工作人员用用户名和密码登录，不填手机号。"))
        if role != Role.BROKER and is_new and not cleaned.get("new_password") and "new_password" not in self.errors:
            self.add_error("new_password", _("请填写初始密码。"))
        if role == Role.BROKER and cleaned.get("new_password"):
            self.add_error("new_password", _("劳务经纪人用短信验证码登录，不设密码。"))
        return cleaned

    def chosen_divisions(self) -> list[Division]:
        return [*self.cleaned_data["divisions"], *self.cleaned_data["townships"]]
