"""Every address of the portal, read from the URL table, with an object of somebody else's for each parameter."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

# Kept by Django's admin and allauth, and closed or tested by them; the walk covers the doors into them.
_LIBRARY_NAMESPACES = {"admin"}


@dataclass(frozen=True)
class Address:
    """One route: its dotted name, and a path with the example values filled in."""

    name: str
    route: str
    parameters: tuple[str, ...]
    callback: Callable

    def __str__(self) -> str:
        return self.name or self.route


def all_addresses() -> list[Address]:
    return list(_walk(get_resolver(), "", ()))


def _walk(resolver: URLResolver, prefix: str, namespaces: tuple[str, ...]) -> Iterator[Address]:
    for entry in resolver.url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLPattern):
            name = ":".join([*namespaces, entry.name or ""])
            yield Address(name, route, tuple(entry.pattern.converters), entry.callback)
        elif not _LIBRARY_NAMESPACES & {entry.namespace}:
            inner = (*namespaces, entry.namespace) if entry.namespace else namespaces
            yield from _walk(entry, route, inner)
