"""Sign-in: phone and code for workers and brokers, password and TOTP for officials (allauth)."""

from datetime import timedelta

from .base import VAR_DIR
from .env import DEBUG, env
from .security import TRUSTED_PROXIES

__all__ = [
    "ACCOUNT_ADAPTER",
    "ACCOUNT_EMAIL_VERIFICATION",
    "ACCOUNT_FORMS",
    "ACCOUNT_LOGIN_METHODS",
    "ACCOUNT_LOGOUT_ON_GET",
    "ACCOUNT_LOGOUT_REDIRECT_URL",
    "ACCOUNT_RATE_LIMITS",
    "ACCOUNT_SESSION_REMEMBER",
    "ACCOUNT_SIGNUP_FIELDS",
    "ACCOUNT_USER_DISPLAY",
    "ACCOUNT_USER_MODEL_EMAIL_FIELD",
    "ALLAUTH_TRUSTED_PROXY_COUNT",
    "AUTHENTICATION_BACKENDS",
    "DEVICE_COOKIE_AGE",
    "LOGIN_REDIRECT_URL",
    "LOGIN_URL",
    "MFA_ADAPTER",
    "MFA_FORMS",
    "MFA_RATE_LIMITS",
    "MFA_RECOVERY_CODE_COUNT",
    "MFA_SUPPORTED_TYPES",
    "MFA_TOTP_ISSUER",
    "MFA_TOTP_TOLERANCE",
    "SMS_ALIYUN",
    "SMS_DAILY_BUDGET",
    "SMS_NOTICE_PERCENT",
    "SMS_PROVIDER",
    "SMS_REPLY_TOKEN",
    "SMS_SINK",
]

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "accounts:landing"
AUTHENTICATION_BACKENDS = ["accounts.backends.AccountBackend"]

# Nobody is asked for an e-mail address. Passwords belong to officials; phones are our own pages, which end in
# allauth's login stages (docs/decisions/0010-sign-in.md says why).
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "accounts.forms.staff.StaffLoginForm",
    "reauthenticate": "accounts.forms.staff.PasswordAgainForm",
    "change_password": "accounts.forms.staff.NewPasswordForm",
}
ACCOUNT_USER_DISPLAY = "accounts.adapters.display_name"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_SESSION_REMEMBER = True
# allauth counts in the cache, which each process has for itself. We count in PostgreSQL: accounts.attempts, .codes.
ACCOUNT_RATE_LIMITS = False
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES

MFA_ADAPTER = "accounts.adapters.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_FORMS = {
    "authenticate": "accounts.forms.factor.AuthenticateForm",
    "reauthenticate": "accounts.forms.factor.ReauthenticateForm",
    "activate_totp": "accounts.forms.factor.ActivateForm",
}
MFA_RATE_LIMITS = False
MFA_RECOVERY_CODE_COUNT = 8
MFA_TOTP_ISSUER = "渝工通"
# Phones and servers may disagree by half a minute.
MFA_TOTP_TOLERANCE = 1

# The cookie by which a person's own browser is recognised.
DEVICE_COOKIE_AGE = timedelta(days=400)

# "file" writes messages to SMS_SINK, one JSON object a line; "aliyun" sends them.
SMS_SINK = env.str("SMS_SINK", default=str(VAR_DIR / "sms.jsonl") if DEBUG else "")
SMS_PROVIDER = env.str("SMS_PROVIDER", default="file" if SMS_SINK else "aliyun")
# Messages a day, all together: a broken loop or an attack must not empty the account.
SMS_DAILY_BUDGET = env.int("SMS_DAILY_BUDGET", default=50_000)
# Of these at most so many per cent for notices; the rest is kept for codes, or nobody could sign in any more.
SMS_NOTICE_PERCENT = env.int("SMS_NOTICE_PERCENT", default=80)
# The secret part of the address to which Aliyun brings replies; empty: none are taken.
SMS_REPLY_TOKEN = env.str("SMS_REPLY_TOKEN", default="")
SMS_ALIYUN = {
    "endpoint": env.str("SMS_ALIYUN_ENDPOINT", default="https://dysmsapi.aliyuncs.com"),
    "access_key_id": env.str("SMS_ALIYUN_KEY_ID", default=""),
    "access_key_secret": env.str("SMS_ALIYUN_KEY_SECRET", default=""),
    "sign_name": env.str("SMS_ALIYUN_SIGN_NAME", default="渝工通"),
    # {"code": "SMS_1", "wages.accepted": "SMS_2", "*": "SMS_3"}
    "templates": env.json("SMS_ALIYUN_TEMPLATES", default={}),
}
