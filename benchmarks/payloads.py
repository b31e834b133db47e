"""What is too long for the suite: each payload alone, by every way in, on every page, in a browser without a policy.

It runs the suite's own checks on the suite's own database, so that nothing of a register is touched.
"""

import os
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
SUBJECTS = (
    "payloads",
    "machines",
    "templates",
    "stored_addresses",
    "plain_text",
    "sanitised_twice",
    "encodings",
)


def check() -> int:
    """Return 0 when nothing ran, nothing broke and nothing was altered."""
    files = [f"tests/safety/test_{subject}.py" for subject in SUBJECTS]
    command = [
        sys.executable,
        "-m",
        "pytest",
        *files,
        "tests/browser/test_payloads.py",
        "-n0",
        "-q",
        "--durations=5",
    ]
    return subprocess.run(command, cwd=PROJECT, env=os.environ | {"PAYLOADS": "all"}, check=False).returncode
