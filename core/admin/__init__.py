"""What every officials' list and decision page shares."""

from .asking import ask
from .changelist import PortalChangeList
from .lists import EstimatedPaginator, PortalModelAdmin

__all__ = ["EstimatedPaginator", "PortalChangeList", "PortalModelAdmin", "ask"]
