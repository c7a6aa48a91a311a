"""Why something ends, in a sentence that the people concerned read."""

from django import forms
from django.utils.translation import gettext_lazy


class ReasonForm(forms.Form):
    """Why something is refused, closed or taken back."""

    reason = forms.CharField(
        label=gettext_lazy("原因"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3, "cols": 28}),
        error_messages={"required": gettext_lazy("请写明原因。")},
    )
