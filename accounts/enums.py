"""Code lists and limits of accounts."""

from datetime import timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """What an account is for. An auditor reads everything of the trail and changes nothing."""

    WORKER = "worker", _("农民工")
    BROKER = "broker", _("劳务经纪人")
    OFFICIAL = "official", _("工作人员")
    AUDITOR = "auditor", _("审计人员")


class SmsState(TextChoices):
    """How far a text message got."""

    QUEUED = "queued", _("待发送")
    SENT = "sent", _("已发送")
    FAILED = "failed", _("发送失败")


class ReplyState(TextChoices):
    """What became of a message that somebody sent us."""

    RECEIVED = "received", _("待处理")
    ACTED = "acted", _("已生效")
    REFUSED = "refused", _("没有生效")
    UNCLEAR = "unclear", _("看不懂")
    NOTHING = "nothing", _("没有在等的事")
    LIMITED = "limited", _("太多，没有处理")


class RecoveryState(TextChoices):
    """How far a request about a changed or lost phone got."""

    FILED = "filed", _("待核对")
    PROPOSED = "proposed", _("待复核")
    APPROVED = "approved", _("已办结")
    REFUSED = "refused", _("未通过")


class Comparison(TextChoices):
    """What a recovery request's name and ID digits say beside the registry; all but the first need two officials."""

    SAME = "same", _("一致")
    DIFFERENT = "different", _("不一致")
    NOTHING_ON_FILE = "nothing_on_file", _("没有登记身份证号码")
    NO_ACCOUNT = "no_account", _("没有账户可比对")


CODE_DIGITS = 6
CODE_LIVES = timedelta(minutes=5)
CODE_TRIES = 5
# A confirmed code speaks for its phone this long, so that a refused form need not ask for another one.
CONFIRMED_LIVES = timedelta(minutes=10)
RESEND_AFTER = timedelta(seconds=60)
# Code messages to one phone: (how many, in which time).
CODES_PER_PHONE = ((1, RESEND_AFTER), (5, timedelta(hours=1)), (10, timedelta(days=1)))
# Beyond this many codes asked from one address we ask a question; dormitories share addresses, so never a block.
CODES_PER_ADDRESS = (20, timedelta(hours=1))
SMS_LONGEST = 70  # characters that operators bill as one message
SMS_TRIES = 5

# Wrong passwords for one user name from one address, or in a browser that signed in before.
PASSWORD_FAILURES = (5, timedelta(minutes=15))
# For one user name from all strange browsers together. So high that only somebody with many addresses meets it.
PASSWORD_FAILURES_PER_NAME = (100, timedelta(hours=1))
TOTP_FAILURES = (5, timedelta(minutes=15))
TOTP_USED_FOR = timedelta(minutes=2)  # longer than any TOTP code is valid
IDENTITY_FAILURES = (5, timedelta(days=1))

STAFF_IDLE = timedelta(minutes=30)
# Operators hand out a number again about 90 days after it was given up.
RECYCLED_AFTER = timedelta(days=90)
