"""Places where people can turn, what officials want to change about them, and who serves at an office outside."""

from .edit import Edit
from .place import Place
from .post import Post

__all__ = ["Edit", "Place", "Post"]
