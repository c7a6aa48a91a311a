"""What the field component needs to know about a bound form field."""

from typing import Any

from django import forms
from django.forms import BaseForm, BoundField
from django.utils.translation import gettext as _

# name ending → keyboard and autofill; the first match counts
_KEYBOARDS: tuple[tuple[str, dict[str, str]], ...] = (
    ("phone_last4", {"inputmode": "numeric", "autocomplete": "off"}),
    ("phone", {"type": "tel", "inputmode": "tel", "autocomplete": "tel"}),
    (
        "id_number",
        {"inputmode": "text", "autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"},
    ),
    (
        "uscc",
        {"inputmode": "text", "autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"},
    ),
    ("bank_card", {"inputmode": "numeric", "autocomplete": "off"}),
    ("code", {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
)


def _keyboard(bound: BoundField) -> dict[str, str]:
    """The attributes that bring up the right keyboard for this field."""
    form_field = bound.field
    if isinstance(form_field, forms.IntegerField):
        whole = type(form_field) is forms.IntegerField
        return {"type": "text", "inputmode": "numeric" if whole else "decimal", "autocomplete": "off"}
    if isinstance(form_field, forms.DateField) and not isinstance(form_field.widget, forms.SelectDateWidget):
        return {"type": "date"}
    if isinstance(form_field.widget, forms.TextInput):
        for ending, attributes in _KEYBOARDS:
            if bound.name.endswith(ending):
                return attributes
    return {}


def _kind(widget: forms.Widget) -> str:
    if isinstance(widget, forms.CheckboxInput):
        return "checkbox"
    if isinstance(widget, forms.RadioSelect):  # CheckboxSelectMultiple is one too
        return "choices"
    return "input"


def _control(bound: BoundField, options: dict[str, Any]) -> str:
    """The input itself, with our class and keyboard; attributes set on the form's widget win."""
    widget = bound.field.widget
    own = widget.attrs
    attributes = {k: v for k, v in _keyboard(bound).items() if k not in own}
    input_type = attributes.pop("type", None)
    if input_type and isinstance(widget, forms.TextInput | forms.DateInput | forms.NumberInput):
        widget.input_type = input_type
        if input_type == "date":
            widget.format = "%Y-%m-%d"
        for bound_name in ("min", "max", "step") if input_type == "text" else ():
            own.pop(bound_name, None)
    attributes |= {k: options[k] for k in ("inputmode", "autocomplete", "placeholder", "rows") if k in options}
    if _kind(widget) == "input":
        css = f"input {own.get('class', '')} {options.get('size', '')}".split()
        attributes["class"] = " ".join(css)
    if isinstance(widget, forms.Textarea):
        attributes.setdefault("rows", "4")
    return bound.as_widget(attrs=attributes)


def _said(bound: BoundField) -> list[str]:
    """The errors of a field; Django's bare "required" is told with the name of what is missing."""
    if not bound.errors:
        return []
    bare = str(forms.Field.default_error_messages["required"])
    asks = {"input": _("请填写：{label}"), "choices": _("请选择：{label}"), "checkbox": _("请勾选：{label}")}
    ask = asks["choices" if isinstance(bound.field.widget, forms.Select) else _kind(bound.field.widget)]
    return [ask.format(label=bound.label) if text == bare else text for text in bound.errors]


def describe(bound: BoundField, **options: Any) -> dict[str, Any]:
    """Context of `_components/field.html`.

    Options: `heading` (the label is the page's h1), `label`, `hint`, `suffix` (a unit after the input),
    `mark_optional` (False hides （选填）), `size` (`input--short`, `input--code`), and `inputmode`,
    `autocomplete`, `placeholder`, `rows` for the input.
    """
    # The browser's own bubbles would hide our sentences and speak its language.
    bound.form.use_required_attribute = False
    kind = _kind(bound.field.widget)
    hint = options.get("hint") or bound.help_text
    bound.help_text = hint  # Django points aria-describedby at it
    return {
        "bound": bound,
        "kind": kind,
        "label": options.get("label") or bound.label,
        "hint": hint,
        "errors": _said(bound),
        "heading": options.get("heading", False),
        "optional": not bound.field.required and kind != "checkbox" and options.get("mark_optional", True),
        "suffix": options.get("suffix", ""),
        "error_id": f"{bound.auto_id}_error",
        "hint_id": f"{bound.auto_id}_helptext",
        "control": "" if kind == "choices" else _control(bound, options),
        "options": list(bound) if kind == "choices" else [],
    }


def errors_of(form: BaseForm) -> list[dict[str, str]]:
    """Each error with the id of the input it belongs to; form-wide errors have none."""
    if not form.errors:
        return []
    found = [{"text": text, "target": ""} for text in form.non_field_errors()]
    for bound in form:
        target = bound.auto_id
        if _kind(bound.field.widget) == "choices":
            target = f"{target}_0"
        found += [{"text": text, "target": target} for text in _said(bound)]
    return found
