"""What a reviewer would otherwise repeat."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.template import engines
from django.template.loader import get_template

ROOT = Path(__file__).resolve().parents[1]
FLOORS = [
    ["core"],
    ["accounts"],
    ["places"],
    ["employers"],
    ["workers"],
    ["sites"],
    ["jobs", "wages", "housing"],
    ["monitoring"],
    ["portal"],
]
ROOMS = [room for floor in FLOORS for room in floor]
LEVEL = {room: level for level, floor in enumerate(FLOORS) for room in floor}
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
SOURCES = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py") if "migrations" not in path.parts)


def relative(path):
    return str(path.relative_to(ROOT))


def imported_rooms(path):
    """The rooms a file imports from, relative imports included."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (name.name.split(".")[0] for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield node.module.split(".")[0]


@pytest.mark.parametrize("path", SOURCES, ids=relative)
def test_imports_point_down_only(path):
    room = path.relative_to(ROOT).parts[0]
    wrong = [
        other for other in imported_rooms(path) if other in LEVEL and other != room and LEVEL[other] >= LEVEL[room]
    ]
    assert not wrong


@pytest.mark.parametrize("path", SOURCES, ids=relative)
def test_files_stay_small_enough_to_read(path):
    assert len(path.read_text().splitlines()) <= 350


@pytest.mark.parametrize("path", [p for p in SOURCES if p.name != "__init__.py" and "apps" not in p.stem], ids=relative)
def test_every_module_says_what_it_is_for(path):
    if path.read_text().strip():
        assert ast.get_docstring(ast.parse(path.read_text()))


def is_service(path):
    return path.name == "services.py" or path.parent.name == "services"


@pytest.mark.parametrize("path", [p for p in SOURCES if is_service(p)], ids=relative)
def test_services_are_told_the_time_and_know_no_request(path):
    text = path.read_text()
    assert "timezone.now(" not in text
    assert "HttpRe" not in text


@pytest.mark.parametrize("path", [p for p in SOURCES if p.name == "handlers.py"], ids=relative)
def test_handlers_use_the_deliverys_clock(path):
    assert "timezone.now(" not in path.read_text()


@pytest.mark.parametrize("path", [p for p in SOURCES if {"views", "admin"} & {p.parent.name, p.stem}], ids=relative)
def test_views_do_not_write(path):
    written = re.findall(
        r"\.objects\.(?:create|bulk_create|update_or_create|get_or_create)\(|\.save\(", path.read_text()
    )
    assert not written


def test_models_have_no_default_order_and_no_save_of_their_own():
    wrong = [
        model._meta.label
        for model in apps.get_models()
        if model._meta.app_label in ROOMS and (model._meta.ordering or "save" in vars(model))
    ]
    assert not wrong


@pytest.mark.parametrize("path", TEMPLATES, ids=relative)
def test_templates_compile_and_hold_nothing_inline(path):
    get_template(str(path.relative_to(ROOT / "templates")))
    text = path.read_text()
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=\"|javascript:", text, re.IGNORECASE)
    assert not re.search(r"<script(?![^>]*\ssrc=)", text, re.IGNORECASE)


# Django, its admin and allauth ask for these by name; nobody in this repository does.
ASKED_FOR_BY_LIBRARIES = re.compile(r"^(admin|account|allauth|mfa|usersessions|django)/|^\d{3}(_csrf)?\.html$")


def test_every_template_is_used():
    everything = "".join(path.read_text() for path in [*TEMPLATES, *SOURCES])
    names = [str(path.relative_to(ROOT / "templates")) for path in TEMPLATES]
    unused = [name for name in names if not ASKED_FOR_BY_LIBRARIES.match(name) and name not in everything]
    assert not unused


def test_templates_refuse_undefined_variables():
    template = engines["django"].from_string("{{ nobody.defined_this }}")
    with pytest.raises(AssertionError, match="nobody"):
        template.render({})


def test_nothing_is_left_for_later():
    marks = re.compile(r"\b(TODO|FIXME|XXX)\b|raise NotImplemented|coming soon|敬请期待|待开发")
    left = [relative(path) for path in [*SOURCES, *TEMPLATES] if marks.search(path.read_text())]
    assert not left


def test_celery_knows_every_task_that_beat_asks_for():
    from portal.celery import app

    app.loader.import_default_modules()
    asked = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert asked <= set(app.tasks)
