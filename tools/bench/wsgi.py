"""What gunicorn serves during a benchmark."""

import os

from django.core.wsgi import get_wsgi_application

os.environ["DJANGO_SETTINGS_MODULE"] = "tools.bench.settings"
application = get_wsgi_application()
