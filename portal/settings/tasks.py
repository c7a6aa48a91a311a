"""Celery: every task may run twice, none is lost, and no request ever waits for the broker."""

from celery.schedules import crontab

from .env import env

__all__ = [
    "CELERY_BEAT_SCHEDULE",
    "CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP",
    "CELERY_BROKER_TRANSPORT_OPTIONS",
    "CELERY_BROKER_URL",
    "CELERY_TASK_ACKS_LATE",
    "CELERY_TASK_IGNORE_RESULT",
    "CELERY_TASK_PUBLISH_RETRY",
    "CELERY_TASK_REJECT_ON_WORKER_LOST",
    "CELERY_TASK_SOFT_TIME_LIMIT",
    "CELERY_TASK_TIME_LIMIT",
    "CELERY_TIMEZONE",
    "CELERY_WORKER_PREFETCH_MULTIPLIER",
]

CELERY_BROKER_URL = env.str("REDIS_URL", default="redis://127.0.0.1:6379/0")
CELERY_BROKER_TRANSPORT_OPTIONS = {
    # Seconds. A frozen broker otherwise hangs the caller for ever.
    "visibility_timeout": 900,
    "socket_timeout": 5,
    "socket_connect_timeout": 2,
    "socket_keepalive": True,
    "health_check_interval": 30,
    "unacked_restore_interval": 10,
    "unacked_restore_throttle": 1,
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_TIME_LIMIT = 840
CELERY_TASK_SOFT_TIME_LIMIT = 780
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TIMEZONE = "Asia/Shanghai"

CELERY_BEAT_SCHEDULE = {
    "drain the outbox": {"task": "core.drain_outbox", "schedule": 30.0},
    "anchor the audit head": {"task": "core.anchor_audit_head", "schedule": 3600.0},
    "close expired vacancies": {"task": "jobs.close_expired", "schedule": crontab(minute=10, hour=0)},
    "forget old codes": {"task": "accounts.forget_codes", "schedule": crontab(minute=40, hour=3)},
    "payments that wait for an answer": {"task": "wages.watch_payments", "schedule": crontab(minute=35)},
    "warn of deadlines": {"task": "wages.watch_deadlines", "schedule": crontab(minute=0)},
    "forget what was delivered": {"task": "core.forget_delivered", "schedule": crontab(minute=50, hour=3)},
    "sweep files without a row": {"task": "core.sweep_files", "schedule": crontab(minute=20, hour=4)},
    "forget stale complaint drafts": {"task": "wages.clean_up", "schedule": crontab(minute=40, hour=3)},
    "housing clocks": {"task": "housing.watch_deadlines", "schedule": crontab(minute=20)},
    "take up department files": {"task": "workers.take_up_feeds", "schedule": 60.0},
    "drop previews that nobody decided about": {
        "task": "workers.drop_old_previews",
        "schedule": crontab(minute=15, hour=4),
    },
    "take up monthly files": {"task": "sites.take_up_files", "schedule": 60.0},
    "watch the payment of wages": {"task": "sites.watch_payments", "schedule": crontab(minute=10, hour=5)},
    "months of the coming year": {"task": "sites.make_months", "schedule": crontab(minute=7, hour=4)},
    "monthly files that nobody decided about": {"task": "sites.clean_up", "schedule": crontab(minute=17, hour=4)},
    "partitions of the coming year": {"task": "workers.make_quarters", "schedule": crontab(minute=5, hour=4)},
    "people who are twice here": {
        "task": "workers.find_twins",
        "schedule": crontab(minute=30, hour=2, day_of_month=15),
    },
    # The month's report is built on the 2nd, when the month's last day is complete.
    "monthly report": {
        "task": "monitoring.build_monthly_report",
        "schedule": crontab(minute=30, hour=1, day_of_month=2),
    },
}
