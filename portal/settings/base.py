"""Applications, templates, database, language and files."""

from pathlib import Path

from .env import BASE_DIR, DEBUG, env

__all__ = [
    "ASGI_APPLICATION",
    "AUTH_USER_MODEL",
    "BASE_DIR",
    "CACHES",
    "DATABASES",
    "DEBUG",
    "DEFAULT_AUTO_FIELD",
    "DEMO",
    "FORM_RENDERER",
    "INSTALLED_APPS",
    "LANGUAGES",
    "LANGUAGE_CODE",
    "LOCALE_PATHS",
    "LOGGING",
    "MEDIA_ROOT",
    "MIDDLEWARE",
    "PRIVATE_WORK_DIR",
    "ROOT_URLCONF",
    "SITE_FOOTER",
    "SITE_HELP_LINE",
    "STATICFILES_DIRS",
    "STATIC_ROOT",
    "STATIC_URL",
    "STORAGES",
    "TEMPLATES",
    "TIME_ZONE",
    "USE_TZ",
    "VAR_DIR",
    "WHITENOISE_USE_FINDERS",
    "WSGI_APPLICATION",
]

VAR_DIR = Path(env.str("VAR_DIR", default="") or BASE_DIR / "var")

# The demo's people and their printed passwords exist only together with DEBUG.
DEMO = DEBUG

INSTALLED_APPS = [
    "portal.apps.PortalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "core",
    "accounts",
    "places",
    "employers",
    "workers",
    "sites",
    "jobs",
    "wages",
    "housing",
    "monitoring",
    "portal.apps.PortalConfig",
]

MIDDLEWARE = [
    "core.middleware.RequestId",
    "django.middleware.security.SecurityMiddleware",
    "core.content_policy.ContentPolicy",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "core.middleware.FormsInUtf8",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "core.middleware.Unkept",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "accounts.middleware.OfficialsNeedTotp",
    "accounts.middleware.HeldSessionsProveFirst",
    "core.middleware.Refusals",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
ASGI_APPLICATION = None

_TEMPLATES_FROM = ("filesystem", "app_directories")
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [("core.folding.Loader", [f"django.template.loaders.{way}.Loader" for way in _TEMPLATES_FROM])],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "core.context_processors.site",
                "accounts.context_processors.unread",
            ],
        },
    },
]
FORM_RENDERER = "core.form_renderer.Renderer"
INSTALLED_APPS.insert(0, "django.forms")

_DATABASE = env.db_url("DATABASE_URL", default="postgres://postgres@127.0.0.1:5432/yugongtong")
DATABASES = {
    "default": {
        **_DATABASE,
        "ENGINE": "core.postgres",
        "CONN_MAX_AGE": 300,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            **_DATABASE.get("OPTIONS", {}),
            # A web request gives up before the person does; long commands lift this themselves. Compiling a plan
            # (jit) takes longer than any query of ours runs, and PostgreSQL guesses badly when it pays.
            "options": "-c statement_timeout=10s -c lock_timeout=5s -c jit=off"
            " -c idle_in_transaction_session_timeout=30s -c timezone=Asia/Shanghai",
        },
        "TEST": {"NAME": f"test_{_DATABASE['NAME']}{env.str('TEST_DB_SUFFIX', default='')}"},
    }
}
AUTH_USER_MODEL = "accounts.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Nothing that must be right lives in the cache: with it gone, every page still answers.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = VAR_DIR / "static"
WHITENOISE_USE_FINDERS = DEBUG
MEDIA_ROOT = VAR_DIR / "files"
# Where a sealed department file is opened while it is read, as a file without a name; never a shared /tmp.
PRIVATE_WORK_DIR = VAR_DIR / "work"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# Shown on every page at the same place. 12333 is the national HRSS service line.
SITE_HELP_LINE = {"number": "12333", "name": "人社服务热线", "hours": "工作日 9:00–17:30"}
# Government-site duties: site code, ICP and police filing numbers; each hidden while empty.
SITE_FOOTER = {
    "site_code": env.str("SITE_CODE", default=""),
    "icp": env.str("SITE_ICP", default=""),
    "police": env.str("SITE_POLICE_FILING", default=""),
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "core.logs.JsonFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {"django": {"level": "WARNING"}, "fontTools": {"level": "WARNING"}},
}
