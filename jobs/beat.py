"""What is done each minute beside the jobs, and the watch over the process that the worker belongs to."""

import logging
import os
import signal
import threading
import time

from django.conf import settings
from django.db import close_old_connections
from django.utils.module_loading import import_string

log = logging.getLogger(__name__)


def every_minute() -> None:
    """Call what ``settings.EVERY_MINUTE`` names, each whatever becomes of the others."""
    for path in settings.EVERY_MINUTE:
        try:
            import_string(path)()
        except Exception:
            log.exception("%s failed", path)


class Beat(threading.Thread):
    """Ends with its process. Tells the process to end when the one that started it is gone."""

    def __init__(self, parent: int | None = None) -> None:
        super().__init__(name="beat", daemon=True)
        self.parent = parent

    def run(self) -> None:
        minute = None
        while True:
            if self.parent and os.getppid() != self.parent:
                os.kill(os.getpid(), signal.SIGTERM)
                return
            if (now := int(time.time() // 60)) != minute:
                minute = now
                close_old_connections()
                every_minute()
            time.sleep(1)
