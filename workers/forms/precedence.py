"""How much each source counts for one indicator, as an official of the city sets it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from ..enums import Source
from ..indicators import Indicator
from ..precedence import default_rank
from ..ranking import rank_changes

_PREFIX = "source_"


class RanksForm(forms.Form):
    """One number per source that may state the indicator, then the reason."""

    def __init__(self, *args: Any, indicator: Indicator, ranks: dict[int, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.indicator = indicator
        for source in rank_changes.sources_of(indicator):
            self.fields[f"{_PREFIX}{int(source)}"] = forms.IntegerField(
                label=source.label,
                min_value=rank_changes.LOWEST,
                max_value=rank_changes.HIGHEST,
                initial=ranks.get(int(source)),
            )
        self.fields["reason"] = forms.CharField(
            label=gettext_lazy("理由"),
            min_length=2,
            max_length=300,
            widget=forms.Textarea(attrs={"rows": 3, "cols": 28}),
        )

    def rows(self) -> list[tuple[forms.BoundField, int]]:
        """Each source's field beside its default rank."""
        sources = rank_changes.sources_of(self.indicator)
        return [(self[f"{_PREFIX}{int(source)}"], default_rank(self.indicator, source)) for source in sources]

    def ranks(self) -> dict[Source, int]:
        """What was typed, by source."""
        return {
            Source(int(name.removeprefix(_PREFIX))): rank
            for name, rank in self.cleaned_data.items()
            if name.startswith(_PREFIX)
        }
