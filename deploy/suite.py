"""``make test``: the whole suite, on everything that this machine offers. Standard library only.

With REQUIRE_ALL=1 (as in ``.ci/run``) whatever is missing is a failure.
"""

import os
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import services
from environment import PYTHON, ROOT, Stop, ensure, told

FLOOR = ROOT / "tests" / "coverage-floor.txt"
REQUIREMENTS = ("requirements.txt", "requirements-prod.txt", "requirements-dev.txt")
PYTEST = ["-m", "pytest", "-q", "-n", "2", "--dist", "loadgroup", "-p", "no:cacheprovider"]
# They start programs with databases of their own, so once is enough.
OWN_DATABASE = ["--ignore", "tests/test_setup.py", "--ignore", "tests/test_settings.py"]
LANGUAGES = ["-l", "ko", "-l", "en"]
IGNORED = ["-i", ".venv", "-i", "var", "-i", "node_modules"]
REQUIRE_ALL = os.environ.get("REQUIRE_ALL") == "1"


def main() -> int:
    """Run the part that the argument names ("lint", "messages"), else everything; return the exit code."""
    ensure(*REQUIREMENTS)
    part = sys.argv[1] if len(sys.argv) > 1 else ""
    if part == "messages":
        return messages()
    lint()
    if part != "lint":
        with tempfile.TemporaryDirectory(prefix="newsroom-suite-") as folder, services.redis() as redis:
            everything(Path(folder), *redis)
        print("Everything passed.")
    return 0


def lint() -> None:
    """Check format and style of the code."""
    step("Format", ["-m", "ruff", "format", "--check", "--quiet", "."])
    step("Style", ["-m", "ruff", "check", "--quiet", "."])


def messages() -> int:
    """Collect and compile translations."""
    step("Collecting", ["manage.py", "makemessages", *LANGUAGES, *IGNORED])
    step("Compiling", ["manage.py", "compilemessages", *IGNORED])
    return 0


def everything(folder: Path, redis: str, redis_name: str) -> None:
    """Run all checks and tests; the folder takes what they write."""
    database, version = services.postgresql()
    browser, checker = services.chromium(), services.checker()
    found = {
        "PostgreSQL": f"version {version}" if database else "",
        "Redis": redis_name,
        "Chromium": browser,
        "HTML checker": checker,
        "exiftool": shutil.which("exiftool") or "",
    }
    for name, where in found.items():
        print(f"{name}: {where or 'not found, tests that need it are skipped'}", flush=True)
    missing = [name for name, where in found.items() if not where]
    if REQUIRE_ALL and missing:
        raise Stop(f"REQUIRE_ALL=1 and not found here: {', '.join(missing)}.")
    plain = surroundings(folder)
    step("Migrations are complete", ["manage.py", "makemigrations", "--check", "--dry-run"], plain)
    step(
        "Production settings",
        ["manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        plain | production(folder),
    )
    coverage = ["--cov", "--cov-report="]
    step("Tests on SQLite", [*PYTEST, "-m", "not browser", *coverage], plain)
    check_floor(plain)
    if database:
        served = plain | {"DATABASE_URL": database, "CACHE_URL": redis}
        name = f"Tests on PostgreSQL{' and Redis' if redis else ''}"
        step(name, [*PYTEST, "-m", "not browser", *OWN_DATABASE], served)
    if browser and any((ROOT / "tests" / "browser").glob("test_*.py")):
        step("Tests in Chromium", [*PYTEST, "-m", "browser"], plain | {"CHROMIUM": browser})


def surroundings(folder: Path) -> dict[str, str]:
    """Return environment variables under which nothing of the developer's own is touched."""
    return {
        "DJANGO_SETTINGS_MODULE": "newsroom.settings.test",
        "DATABASE_URL": f"sqlite:///{folder / 'suite.sqlite3'}",
        "CACHE_URL": "",
        "VAR_DIR": str(folder),
        "COVERAGE_FILE": str(folder / "coverage"),
    }


def production(folder: Path) -> dict[str, str]:
    """Return environment variables of a production that would start."""
    return {
        "DJANGO_SETTINGS_MODULE": "newsroom.settings.prod",
        "SECRET_KEY": secrets.token_urlsafe(60),
        "ALLOWED_HOSTS": "www.paper.example",
    }


def step(name: str, arguments: list[str], variables: dict[str, str] | None = None) -> None:
    """Run one program of the environment; raise Stop when it fails."""
    print(f"── {name}", flush=True)
    start = time.monotonic()
    done = subprocess.run([PYTHON, *arguments], env=os.environ | (variables or {}), cwd=ROOT, check=False)
    if done.returncode:
        raise Stop(f"{name}: failed after {time.monotonic() - start:.0f} s.")
    print(f"   {name}: passed in {time.monotonic() - start:.0f} s", flush=True)


def check_floor(variables: dict[str, str]) -> None:
    """Compare the coverage with the floor, and the floor with that of the last commit: it only rises."""
    command = [PYTHON, "-m", "coverage", "report", "--format=total", "--precision=1"]
    done = subprocess.run(
        command, env=os.environ | variables, cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise Stop(f"Coverage could not be read: {done.stdout.strip()} {done.stderr.strip()}")
    reached, floor = float(done.stdout), float(FLOOR.read_text())
    print(f"   Coverage: {reached} % (floor {floor} %)", flush=True)
    if reached < floor:
        raise Stop(f"Coverage fell to {reached} %; the floor in {FLOOR.relative_to(ROOT)} is {floor} %.")
    if floor < committed_floor():
        raise Stop(f"{FLOOR.relative_to(ROOT)} was lowered; it may only rise.")
    if reached >= floor + 1:
        print(f"   The floor may rise: write {int(reached)} into {FLOOR.relative_to(ROOT)}")


def committed_floor() -> float:
    """Return the floor of the last commit; 0 without git, or where there is none yet."""
    try:
        command = ["git", "show", f"HEAD:{FLOOR.relative_to(ROOT)}"]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return 0
    return float(done.stdout) if done.returncode == 0 else 0


if __name__ == "__main__":
    sys.exit(told(main))
