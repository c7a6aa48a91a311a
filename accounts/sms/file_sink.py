"""Messages as lines of JSON in a file, for demonstrations and tests: nothing leaves the machine."""

import fcntl
import json
import os
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from .base import NotSent, Outgoing


class FileSink:
    """Appends {to, text, event, ref, at} to the file of `SMS_SINK`."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = Path(path or settings.SMS_SINK)

    def send(self, message: Outgoing) -> str:
        line = {
            "to": message.to,
            "text": message.text,
            "event": message.event,
            "ref": message.ref,
            "at": timezone.localtime(message.at).isoformat(),
        }
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            with os.fdopen(descriptor, "a", encoding="utf-8") as file:
                fcntl.flock(file, fcntl.LOCK_EX)  # whole lines, also from several processes
                file.write(json.dumps(line, ensure_ascii=False) + "\n")
        except OSError as error:
            raise NotSent(f"SMS_SINK: {error.strerror}") from error
        return f"file-{message.key[:8]}"
