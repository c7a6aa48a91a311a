"""Accounts and the kernel's tables in the officials' site."""

from . import kernel, people, recovery, sms

__all__ = ["kernel", "people", "recovery", "sms"]
