"""Sign-in: phone and code for workers and brokers, password and TOTP for officials (allauth)."""

__all__ = ["ACCOUNT_USER_MODEL_EMAIL_FIELD"]

# Nobody is asked for an e-mail address.
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
