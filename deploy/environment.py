"""The packages of this checkout, in ``.venv``. Standard library only: it runs before anything is installed."""

import errno
import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "installed.json"
VAR = Path(os.environ.get("VAR_DIR") or ROOT / "var")
LOG = VAR / "log"

WORKS = "import sys, pip; sys.exit(sys.version_info < (3, 11))"
COMPLETE = "import django, granian, PIL, whitenoise"
PIP = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input", "--retries", "2"]
FULL = ("No space left on device", "disk is full", "Disk quota exceeded")
NO_NETWORK = (
    "Failed to establish a new connection", "name resolution", "Name or service not known", "Network is unreachable",
    "Connection refused", "ConnectTimeout", "Read timed out", "ProxyError", "Cannot connect to proxy", "SSLError",
    "No matching distribution found",
)  # fmt: skip
NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class Stop(Exception):
    """Nothing can go on; the message is a sentence for the person at the terminal."""


def in_words(error: OSError) -> str:
    """Return what an error of the file system means, as a sentence."""
    place = error.filename or ROOT
    if error.errno in NO_ROOM:
        return f"The disk is full: {place} could not be written. Make room and run the command again."
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return f"{place} cannot be written: make the directory writable for you and run the command again."
    return f"{place}: {error.strerror or error}."


def logged(command: list, name: str) -> tuple[int, str]:
    """Run the command; return its exit code and what it said, which is kept in ``var/log/NAME.log`` as well."""
    LOG.mkdir(parents=True, exist_ok=True)
    done = subprocess.run(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        cwd=ROOT,
        check=False,
    )
    keep(name, done.stdout)
    return done.returncode, done.stdout


def keep(name: str, said: str) -> None:
    """Write the log ``name``; on a full disk do without, since what was said tells of that."""
    try:
        (LOG / f"{name}.log").write_text(said)
    except OSError as error:
        if error.errno not in NO_ROOM:
            raise


def ensure(*files: str) -> None:
    """Make ``.venv`` hold what the requirements ``files`` name; raise Stop with a sentence where it cannot.

    Nothing is done where nothing has changed since; a broken environment is built anew.
    """
    wanted = {name: digest(ROOT / name) for name in files}
    if not works():
        make_venv()
    have = installed()
    missing = [name for name in files if have.get(name) != wanted[name]]
    if not missing and not runs(COMPLETE):
        print("The environment is incomplete; building it anew …")
        make_venv()
        have, missing = {}, list(files)
    if missing:
        install(missing)
        STAMP.write_text(json.dumps(have | {name: wanted[name] for name in missing}))


def digest(path: Path) -> str:
    """Return what changes when the file or the Python of the environment does."""
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    return hashlib.sha256(path.read_bytes() + version.encode()).hexdigest()


def installed() -> dict[str, str]:
    """Return which requirements were installed last, by file; nothing where that is not known."""
    try:
        found = json.loads(STAMP.read_text())
    except (FileNotFoundError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def works() -> bool:
    """Tell whether the environment's Python runs, is new enough and has pip."""
    return PYTHON.exists() and runs(WORKS)


def runs(code: str) -> bool:
    """Tell whether the environment's Python carries out ``code``."""
    try:
        return (
            subprocess.run([PYTHON, "-c", code], capture_output=True, cwd=ROOT, check=False).returncode == 0
        )
    except OSError:  # not a program at all
        return False


def make_venv() -> None:
    """Build ``.venv`` anew."""
    print("Making the environment in .venv …", flush=True)
    if VENV.is_symlink() or VENV.is_file():
        VENV.unlink()
    elif VENV.exists():
        shutil.rmtree(VENV)
    code, said = logged([sys.executable, "-m", "venv", VENV], "venv")
    if code == 0:
        return
    if any(words in said for words in FULL):
        raise Stop(
            "The disk is full: the environment could not be made. Make room and run the command again."
        )
    if "ensurepip" in said:
        raise Stop("This Python comes without venv: on Debian and Ubuntu, apt install python3-venv adds it.")
    raise Stop(f"The environment could not be made in {VENV}; the reason stands in {LOG / 'venv.log'}.")


def install(files: list[str]) -> None:
    """Install the requirements with pip, whose own words go to a log."""
    print(f"Installing packages ({', '.join(files)}) …", flush=True)
    options = [part for name in files for part in ("-r", name)]
    code, said = logged([PYTHON, *PIP, *options], "pip")
    if code == 0:
        return
    log = LOG / "pip.log"
    if any(words in said for words in FULL):
        raise Stop(
            "The disk is full: the packages could not be installed. Make room and run the command again."
        )
    if any(words in said for words in NO_NETWORK):
        raise Stop(f"The packages could not be fetched: is there a network? What pip said stands in {log}.")
    raise Stop(f"The packages could not be installed; what pip said stands in {log}.")


def told(main) -> int:
    """Run ``main`` and return its exit code; what stops it is said in one sentence."""
    try:
        return main()
    except Stop as stop:
        print(stop, file=sys.stderr)
    except OSError as error:
        print(in_words(error), file=sys.stderr)
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
    return 1
