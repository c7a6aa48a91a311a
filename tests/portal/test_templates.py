"""What a template may get wrong without any view noticing."""

import re

from django.conf import settings

TEMPLATES = settings.BASE_DIR / "templates"
INCLUDE = re.compile(r'\{% include "([^"]+)"([^%]*)%\}')


def test_a_form_that_is_included_alone_is_handed_its_token():
    """`only` hides the CSRF token from the included form, and then every post of it is refused."""
    for path in TEMPLATES.rglob("*.html"):
        for included, options in INCLUDE.findall(path.read_text()):
            if options.split()[-1:] == ["only"] and "csrf_token" in (TEMPLATES / included).read_text():
                assert "csrf_token=csrf_token" in options, f"{path.name} includes {included}"
