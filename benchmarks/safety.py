"""What is too long for the suite: every question of the fuzz, and queries with a hundred rows.

It runs the suite's own checks on the suite's own database, so that nothing of a register is touched.
"""

import os
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent


def check() -> int:
    """Return 0 when all of it holds."""
    whole = os.environ | {"ROWS": "100", "QUESTIONS": os.environ.get("QUESTIONS", "all")}
    command = [sys.executable, "-m", "pytest", "tests/safety", "-q", "--durations=5"]
    return subprocess.run(command, cwd=PROJECT, env=whole, check=False).returncode
