"""Settings of the portal, read from the environment (docs/contract.md lists the names).

One file per concern; later files may read what earlier ones set.
"""

from .base import *  # noqa: F403
from .security import *  # noqa: F403
from .sign_in import *  # noqa: F403
from .tasks import *  # noqa: F403
