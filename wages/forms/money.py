"""What recording payments asks: for one person a sum, for a group everybody, some of them, or a list with sums."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from core.errors import Refusal

from ..enums import PaymentWay
from ..models import Case
from ..paying import Line, read_lines, read_places
from .fields import YuanField

ALL, THESE, LINES = "all", "these", "lines"
LARGEST_LIST = 500_000
_WAYS = [(way.value, way.label) for way in PaymentWay if way != PaymentWay.UNKNOWN]


class RecordPayments(forms.Form):
    """`lines()` is what the service takes."""

    fen = YuanField(label=_("支付金额（元）"))
    scope = forms.ChoiceField(
        label=_("付给谁"),
        widget=forms.RadioSelect,
        initial=ALL,
        choices=[
            (ALL, _("还欠钱的每一个人，全部付清")),
            (THESE, _("下面这些序号的人，全部付清")),
            (LINES, _("按名单上每个人的金额")),
        ],
    )
    places = forms.CharField(label=_("序号"), required=False, max_length=2000, help_text=_("例如 1-40，45。"))
    lines_text = forms.CharField(
        label=_("名单"),
        required=False,
        max_length=200_000,
        widget=forms.Textarea(attrs={"rows": 6, "cols": 60}),
        help_text=_("每行：序号、姓名（可不写）、金额（元）。可以从表格里直接粘贴。"),
    )
    list_file = forms.FileField(label=_("或上传名单（CSV、TXT）"), required=False)
    paid_on = forms.DateField(label=_("付款日"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
    way = forms.ChoiceField(label=_("方式"), choices=_WAYS)
    note = forms.CharField(label=_("凭证"), help_text=_("例如：银行代发流水 2026-11-20。"), max_length=200)
    upload = forms.FileField(label=_("凭证照片或 PDF（选填）"), required=False)
    over_reason = forms.CharField(
        label=_("多付或重复的理由（选填）"),
        required=False,
        max_length=200,
        help_text=_("比欠的多，或与已登记的同日同额时才写，例如“含加付赔偿金”。"),
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False
        self.living = list(case.claimants.live().in_order())
        for name in ["scope", "places", "lines_text", "list_file"] if len(self.living) == 1 else ["fen"]:
            del self.fields[name]
        if len(self.living) == 1:
            self.fields["fen"].initial = self.living[0].owed_fen or None

    def clean(self) -> dict:
        scope = self.cleaned_data.get("scope")
        try:
            if scope == THESE:
                self.found: list[Line] | None = read_places(self.cleaned_data.get("places") or "")
            elif scope == LINES:
                self.found = read_lines(self._list())
            elif "fen" in self.fields:
                self.found = [Line(self.living[0].place, self.cleaned_data.get("fen"))]
            else:
                self.found = None
        except Refusal as refusal:
            self.add_error({"lines": "lines_text"}.get(refusal.field, refusal.field), refusal.message)
        return self.cleaned_data

    def _list(self) -> str:
        upload: UploadedFile | None = self.cleaned_data.get("list_file")
        if upload is None:
            return self.cleaned_data.get("lines_text") or ""
        if upload.size > LARGEST_LIST:
            raise Refusal(_("名单文件太大。"), field="list_file")
        raw = upload.read()
        for encoding in ("utf-8-sig", "gb18030"):
            try:
                return raw.decode(encoding)
            except UnicodeDecodeError:
                continue
        raise Refusal(_("名单文件打不开，请存成 CSV 或 TXT。"), field="list_file")

    def arguments(self) -> dict:
        names = ("paid_on", "way", "note", "upload", "over_reason")
        return {"lines": self.found, **{name: self.cleaned_data[name] for name in names}}


class Void(forms.Form):
    reason = forms.CharField(label=_("哪里登记错了"), max_length=200)


class Vouch(forms.Form):
    upload = forms.FileField(label=_("本人签收的凭证（照片或 PDF）"))
    reason = forms.CharField(label=_("为什么不能由本人在网上或用短信确认"), max_length=200)
