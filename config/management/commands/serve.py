import ctypes
import hashlib
import os
import signal
import socket
import sys
from argparse import ArgumentParser
from contextlib import nullcontext
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from config.catalogues import LOCALE, compile_catalogues
from config.worker_process import WorkerProcess

PR_SET_PDEATHSIG = 1


class Command(BaseCommand):
    help = "Serve the register with the production server until interrupted."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=2)
        parser.add_argument(
            "--no-worker",
            action="store_true",
            help="without the background worker, which then runs elsewhere",
        )

    def handle(self, *args: object, host: str, port: int, workers: int, **options: object) -> None:
        refuse_taken_port(host, port)
        if complaints := compile_catalogues(LOCALE):
            raise CommandError("\n".join(complaints))
        self.collect_static()
        if (
            "SITE_URL" not in os.environ
        ):  # workers read settings anew where they are spawned, and inherit where forked
            os.environ["SITE_URL"] = settings.SITE_URL = f"http://localhost:{port}"
            settings.CSRF_TRUSTED_ORIGINS = [settings.SITE_URL]
        connections.close_all()  # the workers are forked
        os.register_at_fork(after_in_child=depend_on_parent)
        server = Server(
            "config.wsgi:application",
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            workers=workers,
            blocking_threads=min(8, 2 * (os.cpu_count() or 1) + 1),
            websockets=False,
            respawn_failed_workers=True,
            respawn_interval=1,
            workers_kill_timeout=5,
            log_level=LogLevels.warning,
            working_dir=settings.BASE_DIR,
        )
        with nullcontext() if options["no_worker"] else WorkerProcess():
            server.serve()

    def collect_static(self) -> None:
        """Hashing and compressing take seconds, so only when a file has changed."""
        stamp = Path(settings.STATIC_ROOT) / ".collected"
        digest = digest_of_static_files()
        if stamp.exists() and stamp.read_text() == digest:
            return
        self.stdout.write("Collecting styles, scripts and images ...")
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
        stamp.write_text(digest)


def depend_on_parent() -> None:
    """For a worker: hear no Ctrl-C (one that does and is then told to stop hangs), and never outlive the server."""
    os.setpgrp()
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def digest_of_static_files() -> str:
    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            status = os.stat(storage.path(path))
            digest.update(f"{path}\0{status.st_size}\0{status.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def refuse_taken_port(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError as error:
            raise CommandError(
                f"Cannot listen on {host}, port {port}: {error.strerror}. Try another port."
            ) from error
