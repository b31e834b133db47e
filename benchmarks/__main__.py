"""`make bench`: SIZE=10000 makes a register of that many stories in var/bench-SIZE, once, and measures every page.

DEMO=1 measures the demonstration register instead. CHECKS=pages,plans chooses what is printed;
CHECKS=safety asks every nasty question instead, CHECKS=payloads tries every payload alone in a browser,
CHECKS=matcher measures recognition with NAMES=20000 names, and CHECKS=relink looks for a new name in SIZE older
stories. CHECKS=agreements adds 13,568 agreements to SIZE stories and asks their lists
under every facet, alone and combined.
CHECKS=imports brings real registers in, from the folder ENTENTE_MATERIAL; CHECKS=33 kills an import ROUNDS=20 times.
"""

import os
import sys
import time
from pathlib import Path

SIZE = int(os.environ.get("SIZE", "10000"))
DEMO = bool(os.environ.get("DEMO"))
CHECKS = os.environ.get("CHECKS", "pages").split(",")
OWN_REGISTER = {"matcher", "imports", "33"}
WITH_AGREEMENTS = "agreements" in CHECKS
PROJECT = Path(__file__).resolve().parent.parent


def set_up() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    kind = CHECKS[0] if CHECKS[0] in OWN_REGISTER else "demo" if DEMO else str(SIZE)
    kind += "-agreements" if WITH_AGREEMENTS else ""
    home = PROJECT / "var" / f"bench-{kind}"
    home.parent.mkdir(mode=0o700, exist_ok=True)
    os.environ["ENTENTE_DATA"] = str(home)
    os.environ["ALLOWED_HOSTS"] = "localhost,127.0.0.1,testserver"
    import django
    from django.conf import settings

    if settings.EMBEDDED_DATABASE:
        settings.EMBEDDED_POSTGRES.start()
    django.setup()


def main() -> int:
    if CHECKS == ["safety"]:
        from .safety import check

        return check()
    if CHECKS == ["payloads"]:
        from .payloads import check as check_payloads

        return check_payloads()
    set_up()
    if CHECKS == ["matcher"] or CHECKS[0] in ("imports", "33"):
        return on_an_empty_register()
    fill()
    if CHECKS == ["relink"]:
        from .relinking import check as check_relinking

        check_relinking()
        return 0
    on_pages()
    return 0


def on_an_empty_register() -> int:
    if CHECKS == ["matcher"]:
        from django.core.management import call_command

        from .matcher import check as check_matcher

        call_command("migrate", verbosity=0)
        check_matcher()
        return 0
    from .imports import check_files, check_killed

    return check_killed() if CHECKS == ["33"] else check_files() or 0


def fill() -> None:
    """The demonstration, or generated stories, and agreements where they are measured."""
    from django.core.management import call_command

    if DEMO:
        call_command("demo", no_serve=True)
        return
    call_command("migrate", verbosity=0)
    from .register import Generator

    start = time.perf_counter()
    Generator(SIZE).fill()
    if WITH_AGREEMENTS:
        from .treaties import Treaties

        Treaties().fill()
    print(f"register of {SIZE:,} ready in {time.perf_counter() - start:.0f} s", flush=True)


def on_pages() -> None:
    from config.management.commands.serve import Command as Serve

    Serve().collect_static()
    if "pages" in CHECKS:
        from .pages import measure

        measure()
    if "plans" in CHECKS:
        from .plans import explain

        explain()
    if WITH_AGREEMENTS:
        from .agreement_lists import measure as measure_agreements

        measure_agreements()


if __name__ == "__main__":
    sys.exit(main())
