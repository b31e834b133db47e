"""The background worker beside the web server: started with it, again when it dies, stopped with it."""

import os
import subprocess
import sys
import threading
from types import TracebackType

from django.conf import settings

PAUSE = 2.0  # seconds before a dead one is replaced
PATIENCE = 10.0  # seconds for a job to come to its next stop


class WorkerProcess:
    def __enter__(self) -> "WorkerProcess":
        self.ending = threading.Event()
        self.process = (
            self._started()
        )  # before there is a second thread: the web server forks its own workers
        self.keeper = threading.Thread(target=self._keep, name="worker-keeper", daemon=True)
        self.keeper.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.ending.set()
        self.keeper.join(PATIENCE + 5)

    def _started(self) -> subprocess.Popen[bytes]:
        """In a session of its own: Ctrl-C is for the server, which then tells the worker."""
        command = [
            sys.executable,
            str(settings.BASE_DIR / "manage.py"),
            "worker",
            "--parent",
            str(os.getpid()),
        ]
        return subprocess.Popen(command, start_new_session=True)

    def _keep(self) -> None:
        while not self.ending.wait(0.2):
            if self.process.poll() is not None and not self.ending.wait(PAUSE):
                self.process = self._started()
        self.process.terminate()
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:  # what it was doing is taken up again at the next start
            self.process.kill()
            self.process.wait()
