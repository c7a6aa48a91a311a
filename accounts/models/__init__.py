"""People who sign in, and what is sent to them."""

from .user import User

__all__ = ["User"]
