"""One group of the profile as a form: the values that are the worker's to state."""

from collections.abc import Container, Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from ..enums import Source
from ..indicators import Indicator, Kind
from ..models import Worker
from ..sources import held_source
from ..values import is_empty
from . import special
from .fields import for_indicator, initial_of

# Proven by an SMS code and therefore changed through the account, never typed here.
_NOT_TYPED = {"mobile", "id_number", "full_name"}


def is_mine(indicator: Indicator, worker: Worker) -> bool:
    """Whether the worker may state this now: theirs by the table, and no department has spoken."""
    if indicator.code in _NOT_TYPED:
        return False
    held = held_source(worker, indicator)
    if indicator.once and not indicator.is_updated_by(Source.WORKER):
        return held is None
    return indicator.is_updated_by(Source.WORKER) and not (held and held.is_department)


def is_brokers(indicator: Indicator, worker: Worker) -> bool:
    """Whether a broker may state this for the worker: what placing needs and no department has said."""
    held = held_source(worker, indicator)
    return (
        indicator.broker_sees
        and indicator.code not in _NOT_TYPED
        and indicator.is_updated_by(Source.BROKER)
        and not (held and held.is_department)
    )


class PageForm(forms.Form):
    """Unchanged fields are not stated again: confirming is a button of its own.

    `unseen` names indicators whose present value the reader must not learn; their fields begin empty.
    """

    def __init__(
        self,
        *args: Any,
        worker: Worker,
        indicators: Iterable[Indicator],
        day: date,
        unseen: Container[str] = (),
        **kwargs: Any,
    ) -> None:
        self.worker, self.day = worker, day
        self.indicators = list(indicators)
        self.intent = getattr(worker, "intent", None)
        initial: dict[str, Any] = {}
        for row in self.indicators:
            initial |= {} if row.code in unseen else self._initial(row)
        super().__init__(*args, initial=initial, **kwargs)
        for row in self.indicators:
            self.fields.update(self._fields_of(row))

    def _fields_of(self, row: Indicator) -> dict[str, forms.Field]:
        if row.kind == Kind.INTENT:
            return special.intent_fields(self.worker, self.day)
        if row.code == "training_need":
            return special.training_fields()
        if row.code == "integration":
            return special.settlement_fields(row.label)
        return for_indicator(row, self.worker, self.day)

    def _initial(self, row: Indicator) -> dict[str, Any]:
        if row.kind == Kind.INTENT:
            return special.intent_initial(self.intent)
        if row.code == "training_need":
            return special.training_initial(self.worker)
        if row.code == "integration":
            return {"integration": self.worker.integration, "adaptation": str(self.worker.adaptation or "")}
        return initial_of(row, self.worker)

    def suffix_of(self, name: str) -> str:
        """The unit behind an input."""
        units = {row.code: str(row.unit) for row in self.indicators}
        return (units | {"intent_years": _("年"), "intent_pay": _("元")}).get(name, "")

    def clean_job_start(self) -> date | None:
        day = self.cleaned_data["job_start"]
        if day and day > self.day:
            raise forms.ValidationError(_("这个日期还没有到。"))
        return day

    def stated(self) -> dict[str, Any]:
        """Indicator code → value, for those whose fields were changed."""
        touched = set(self.changed_data)
        return {row.code: value for row in self.indicators if (value := self._value(row, touched)) is not _UNTOUCHED}

    def _value(self, row: Indicator, touched: set[str]) -> Any:
        names = set(self._fields_of(row))
        if not names & touched:
            return _UNTOUCHED
        if row.kind == Kind.INTENT:
            return special.intent_value(self.cleaned_data, self.intent)
        if row.code == "training_need":
            return special.training_value(self.cleaned_data)
        if row.code == "integration":
            return special.settlement_value(self.cleaned_data)
        value = self.cleaned_data[row.code]
        return value * 100 if row.kind == Kind.MONEY and not is_empty(value) else value


_UNTOUCHED = object()
