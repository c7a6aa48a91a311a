"""Keys, hosts, proxies, cookies and the content security policy."""

from csp.constants import NONE, SELF

from .env import DEBUG, DEV_BLIND_INDEX_KEY, DEV_FIELD_KEYS, DEV_RECEIPT_KEYS, DEV_SECRET_KEY, env, origins, secret

__all__ = [
    "ALLOWED_HOSTS",
    "AUTH_PASSWORD_VALIDATORS",
    "BLIND_INDEX_KEY",
    "CONTENT_SECURITY_POLICY",
    "CSRF_COOKIE_HTTPONLY",
    "CSRF_COOKIE_SECURE",
    "CSRF_FAILURE_VIEW",
    "CSRF_TRUSTED_ORIGINS",
    "DATA_UPLOAD_MAX_MEMORY_SIZE",
    "DATA_UPLOAD_MAX_NUMBER_FIELDS",
    "DATA_UPLOAD_MAX_NUMBER_FILES",
    "FIELD_KEYS",
    "PUBLIC_URL",
    "RECEIPT_KEYS",
    "SECRET_KEY",
    "SECURE_CONTENT_TYPE_NOSNIFF",
    "SECURE_HSTS_INCLUDE_SUBDOMAINS",
    "SECURE_HSTS_PRELOAD",
    "SECURE_HSTS_SECONDS",
    "SECURE_PROXY_SSL_HEADER",
    "SECURE_REDIRECT_EXEMPT",
    "SECURE_REFERRER_POLICY",
    "SECURE_SSL_REDIRECT",
    "SESSION_COOKIE_AGE",
    "SESSION_COOKIE_SECURE",
    "SESSION_ENGINE",
    "TRUSTED_PROXIES",
    "X_FRAME_OPTIONS",
]

SECRET_KEY = secret("SECRET_KEY", dev=DEV_SECRET_KEY)
# "id:base64,id:base64": the first key seals, all of them open.
FIELD_KEYS = secret("FIELD_KEYS", dev=DEV_FIELD_KEYS)
# "id:base64,id:public:base64": the first key signs receipts, all of them prove (see core.signatures).
RECEIPT_KEYS = secret("RECEIPT_KEYS", dev=DEV_RECEIPT_KEYS)
BLIND_INDEX_KEY = secret("BLIND_INDEX_KEY", dev=DEV_BLIND_INDEX_KEY)

ALLOWED_HOSTS = [host.strip() for host in env.list("ALLOWED_HOSTS", default=["*"] if DEBUG else [])]
# The address of the portal as it is printed on papers; empty: https and the first plain host name above.
PUBLIC_URL = env.str("PUBLIC_URL", default="")
# Number of proxies in front that set X-Forwarded-For and X-Forwarded-Proto; 0 = none is believed.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
CSRF_TRUSTED_ORIGINS = origins(ALLOWED_HOSTS)

_HTTPS = not DEBUG
SECURE_SSL_REDIRECT = _HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 31_536_000 if _HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = _HTTPS
SECURE_HSTS_PRELOAD = _HTTPS
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# Sessions in the database: with the cache gone nobody is signed out.
SESSION_ENGINE = "core.sessions"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_SECURE = _HTTPS
CSRF_COOKIE_SECURE = _HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "portal.views.errors.csrf_failure"

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}

# Form text stays small; files are streamed to disk and checked by core.files.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 600
DATA_UPLOAD_MAX_NUMBER_FILES = 20
