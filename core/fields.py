"""A model field whose value rests as ciphertext and opens only on request."""

from typing import Any

from django.core import checks
from django.core.exceptions import FieldError
from django.db import models

from . import crypto

STARS = "＊＊＊"


class Sealed:
    """A value at rest. Printing it shows stars; `open()` decrypts or raises `crypto.CannotOpen`."""

    __slots__ = ("_bytes", "_label", "_plain", "_row")

    def __init__(self, label: str, row: Any, *, sealed: bytes | None = None, plain: str | None = None) -> None:
        self._label, self._row, self._bytes, self._plain = label, row, sealed, plain

    def open(self) -> str:
        if self._plain is not None:
            return self._plain
        return crypto.unseal(self._label, self._row, self._bytes or b"")

    def bytes_for(self, label: str, row: Any) -> bytes:
        """The ciphertext to store. An unchanged value keeps its bytes, so saving a row does not re-seal it."""
        if self._bytes is not None and (label, row) == (self._label, self._row):
            return self._bytes
        return crypto.seal(label, row, self.open())

    def __str__(self) -> str:
        return STARS

    __repr__ = __str__

    def __bool__(self) -> bool:
        return True


class _SealedAttribute:
    """Turns what the database gave (bytes) or a person typed (str) into a `Sealed` bound to the row."""

    def __init__(self, field: "SealedTextField") -> None:
        self.field = field

    def __get__(self, instance: Any, owner: Any = None) -> Any:
        if instance is None:
            return self
        if self.field.attname not in instance.__dict__:  # deferred by .only() or .defer()
            instance.refresh_from_db(fields=[self.field.attname])
        raw = instance.__dict__[self.field.attname]
        if raw is None or isinstance(raw, Sealed):
            return raw
        if isinstance(raw, str):
            return Sealed(self.field.label, instance.uuid, plain=raw) if raw else None
        return Sealed(self.field.label, instance.uuid, sealed=bytes(raw))

    def __set__(self, instance: Any, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class SealedTextField(models.BinaryField):
    """Text sealed with AES-256-GCM, bound to its table, column and the row's `uuid` (see `core.crypto`).

    Assign a plain string; read a `Sealed`. It cannot be searched: keep a blind index beside it.
    """

    description = "Text, encrypted at rest"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("editable", False)
        super().__init__(*args, **kwargs)

    @property
    def label(self) -> str:
        return f"{self.model._meta.db_table}.{self.column}"

    def contribute_to_class(self, cls: type[models.Model], name: str, **kwargs: Any) -> None:
        super().contribute_to_class(cls, name, **kwargs)
        setattr(cls, self.attname, _SealedAttribute(self))

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        found = super().check(**kwargs)
        if not any(f.name == "uuid" for f in self.model._meta.local_fields):
            found.append(checks.Error("A sealed field needs a `uuid` field on its model.", obj=self, id="core.E001"))
        return found

    def get_prep_value(self, value: Any) -> Any:
        raise FieldError(f"{self.label} is sealed and cannot be compared; use its blind index.")

    def get_lookup(self, lookup_name: str) -> Any:
        return super().get_lookup(lookup_name) if lookup_name == "isnull" else None

    def pre_save(self, model_instance: Any, add: bool) -> bytes | None:
        value = getattr(model_instance, self.attname)
        if value is None:
            return None
        sealed = value.bytes_for(self.label, model_instance.uuid)
        model_instance.__dict__[self.attname] = sealed
        return sealed

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if isinstance(value, (str, Sealed)):
            raise FieldError(f"{self.label} can only be written through a model instance or `crypto.seal_many`.")
        return value if value is None else connection.Database.Binary(bytes(value))

    def value_to_string(self, obj: Any) -> str:
        return STARS
