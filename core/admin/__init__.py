"""What every officials' list and decision page shares."""

from .asking import ask
from .lists import EstimatedPaginator, PortalModelAdmin
from .searching import PortalChangeList

__all__ = ["EstimatedPaginator", "PortalChangeList", "PortalModelAdmin", "ask"]
