"""The portal's settings with one address more: a bare view to stand beside the pages.

The demo's people can be made only with DEBUG on; what is measured runs with it off, as in production.
"""

import os

from portal.settings import *  # noqa: F403
from portal.settings import DATABASES

ROOT_URLCONF = "tools.bench.urls"
ALLOWED_HOSTS = ["127.0.0.1"]
if os.environ.get("BENCH_SERVES"):
    DEBUG = False
else:  # what measures may take as long as it takes
    DATABASES["default"]["OPTIONS"]["options"] = "-c timezone=Asia/Shanghai"
