"""``make run`` and ``make test`` on a machine as it is: what is missing or broken gets one sentence."""

import contextlib
import http.client
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LEFT_OUT = shutil.ignore_patterns(
    ".venv", "var", ".git", "tests", "bench", "node_modules", "__pycache__", ".ruff_cache", ".pytest_cache"
)
SECONDS = 120


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of this checkout, with the packages of the running Python lent to it."""
    copy = tmp_path / "paper"
    shutil.copytree(ROOT, copy, ignore=LEFT_OUT, symlinks=True)
    lend_packages(copy)
    return copy


def lend_packages(copy: Path) -> None:
    """Make an environment that sees the packages of the running one, noted as installed."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", copy / ".venv"], check=True)
    [site] = (copy / ".venv" / "lib").glob("python*/site-packages")
    packages = next(path for path in sys.path if path.endswith("site-packages"))
    (site / "lent.pth").write_text(packages)
    code = (
        "import environment as e, json; name = 'requirements.txt'; "
        "e.STAMP.write_text(json.dumps({name: e.digest(e.ROOT / name)}))"
    )
    subprocess.run([sys.executable, "-c", code], cwd=copy / "deploy", check=True)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def surroundings(**variables: str) -> dict[str, str]:
    """Return the environment of a person at a terminal: nothing of the tests in it."""
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG", "TMPDIR"}}
    return kept | variables


def make(checkout: Path, *arguments: str, **options) -> subprocess.CompletedProcess:
    """Run ``make`` in the copy and return what it said."""
    environment = surroundings(**options.pop("variables", {}))
    return subprocess.run(
        ["make", *arguments],
        cwd=checkout,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=SECONDS,
        **options,
    )


def assert_one_sentence(done: subprocess.CompletedProcess, words: str) -> None:
    """Assert that the command failed with one line of its own (and make's), and no traceback."""
    said = [line for line in done.stderr.splitlines() if line.strip() and not line.startswith("make")]
    assert done.returncode != 0
    assert re.search(words, "\n".join(said)), done.stderr
    assert len(said) == 1, done.stderr
    assert "Traceback" not in done.stdout + done.stderr


@contextlib.contextmanager
def running(checkout: Path, port: int, **variables: str):
    """Start ``make run`` in the copy; yield its lines up to the welcome, and end it as Ctrl-C does."""
    process = subprocess.Popen(
        ["make", "run", f"PORT={port}"], cwd=checkout, env=surroundings(**variables), text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True,
    )  # fmt: skip
    lines: list[str] = []
    try:
        for line in process.stdout:
            lines.append(line)
            if "Ctrl-C" in line:
                break
        assert process.poll() is None, "".join(lines)
        yield lines
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGINT)
        lines += process.communicate(timeout=30)[0].splitlines(keepends=True)


def get(port: int, address: str) -> tuple[int, str]:
    """Return status and text of a page of the running paper."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", address)
    response = connection.getresponse()
    return response.status, response.read().decode(errors="replace")


def test_first_and_second_start(checkout):
    """The first start makes the paper and says where it is; the second takes seconds and keeps what was edited."""
    port = free_port()
    with running(checkout, port) as said:
        assert get(port, "/healthz") == (200, "ok\n")
        assert get(port, "/readyz")[0] == 200
        status, front = get(port, "/")
        assert status == 200 and "새여울신문" in front
        [sheet] = re.findall(r'href="(/static/css/paper\.[0-9a-f]{12}\.css)"', front)
        assert get(port, sheet)[0] == 200
    text = "".join(said)
    assert f"The paper:  http://127.0.0.1:{port}/" in text
    assert f"The desk:   http://127.0.0.1:{port}/admin/" in text
    assert "demonstration" in text and "editor-in-chief" in text
    assert text.rstrip().endswith("The paper has stopped.")
    assert "Traceback" not in text

    edit = "from articles.models import Article as A; A.objects.filter(pk=1).update(headline='고친 제목')"
    command = [checkout / ".venv/bin/python", "manage.py", "shell", "-v0", "-c", edit]
    subprocess.run(command, cwd=checkout, env=surroundings(), check=True)
    start = time.monotonic()
    with running(checkout, port) as said:
        taken = time.monotonic() - start
        assert "고친 제목" in get(port, "/articles/1/")[1]
    assert "Photos:" not in "".join(said)
    assert "Collecting" not in "".join(said)
    # Five seconds on a machine of its own; the tests share theirs.
    assert taken < 15


def test_taken_port(checkout):
    """A port that is taken is named, with another to try, before anything is prepared."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = make(checkout, "run", f"PORT={port}")
    assert_one_sentence(done, rf"Port {port} on 127\.0\.0\.1 is taken .* make run PORT={port + 1}")
    assert not (checkout / "var").exists()


@pytest.mark.parametrize(
    ("argument", "words"),
    [
        ("PORT=eighty", "PORT must be a number"),
        ("PORT=0", "PORT must be a number"),
        ("PORT=65536", "PORT must be a number"),
        ("HOST=203.0.113.77", "no address of this machine"),
        ("HOST=no.such.host.invalid", "no address of this machine"),
    ],
)
def test_wrong_address(checkout, argument, words):
    """A port or host that cannot be listened on is said in a sentence."""
    assert_one_sentence(make(checkout, "run", argument), words)


def test_old_python(checkout, tmp_path):
    """Without Python 3.11 the sentence names what there is and what to do."""
    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / "python3").write_text('#!/bin/sh\n[ "$1" = -V ] && echo "Python 3.9.2" && exit 0\nexit 1\n')
    (programs / "python3").chmod(0o755)
    for name in ("make", "sh"):
        (programs / name).symlink_to(shutil.which(name))
    done = make(checkout, "run", variables={"PATH": str(programs)})
    assert_one_sentence(done, r"Python 3\.11 or newer is needed .*Python 3\.9\.2")


def test_python_can_be_named(checkout, tmp_path):
    """PYTHON names an interpreter that is not called python3."""
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in ("make", "sh"):
        (programs / name).symlink_to(shutil.which(name))
    done = make(checkout, "run", "PORT=x", variables={"PATH": str(programs), "PYTHON": sys.executable})
    assert_one_sentence(done, "PORT must be a number")


def test_no_network(checkout):
    """Packages that cannot be fetched: a sentence, and pip's own words in a log."""
    shutil.rmtree(checkout / ".venv")
    nowhere = {"PIP_INDEX_URL": "http://127.0.0.1:9/simple", "PIP_CONFIG_FILE": os.devnull}
    done = make(checkout, "run", f"PORT={free_port()}", variables=nowhere)
    assert_one_sentence(done, r"could not be fetched: is there a network\?")
    assert "/simple/" in (checkout / "var/log/pip.log").read_text()


@pytest.mark.parametrize("damage", ["not a program", "folder without Python", "dangling"])
def test_broken_environment_is_rebuilt(checkout, damage):
    """An environment that does not work is built anew: the packages are asked for again."""
    venv = checkout / ".venv"
    if damage == "not a program":
        (venv / "bin" / "python").unlink()
        (venv / "bin" / "python").write_text("nonsense")
        (venv / "bin" / "python").chmod(0o755)
    else:
        shutil.rmtree(venv)
    if damage == "folder without Python":
        venv.mkdir()
    if damage == "dangling":
        venv.symlink_to(checkout / "nowhere")
    nowhere = {"PIP_INDEX_URL": "http://127.0.0.1:9/simple", "PIP_CONFIG_FILE": os.devnull}
    done = make(checkout, "run", f"PORT={free_port()}", variables=nowhere)
    assert "Making the environment" in done.stdout
    assert_one_sentence(done, "could not be fetched")
    assert subprocess.run([venv / "bin" / "python", "-m", "pip", "-V"], check=False).returncode == 0


def test_read_only_directory(checkout, tmp_path):
    """A directory that may not be written to is named."""
    options = {}
    if os.geteuid() == 0:  # nothing is read-only for root: somebody else runs it
        for folder in (tmp_path, *tmp_path.parents):
            if folder.stat().st_mode & 0o005 != 0o005:
                folder.chmod(folder.stat().st_mode | 0o055)
        options = {"user": "nobody", "group": "nogroup", "extra_groups": []}
        shutil.rmtree(checkout / ".venv")
        python = shutil.which("python3", path="/usr/bin:/usr/local/bin")
        if (
            python is None
            or subprocess.run([python, "-c", "import sys; sys.exit(sys.version_info < (3, 11))"]).returncode
        ):
            pytest.skip("no Python that another user may run")
        options["variables"] = {"PYTHON": python, "PATH": os.environ["PATH"]}
    checkout.chmod(0o555)
    try:
        done = make(checkout, "run", f"PORT={free_port()}", **options)
    finally:
        checkout.chmod(0o755)
    assert_one_sentence(done, "cannot be written: make the directory writable")


@pytest.mark.parametrize("kilobytes", [0, 600])
def test_full_disk(checkout, tmp_path, kilobytes):
    """A disk that is full, at once or while the database is made, is said in a sentence."""
    var = checkout / "var"
    var.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", var], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("a small disk cannot be mounted here")
    try:
        with contextlib.suppress(OSError), (var / "filler").open("wb") as filler:
            filler.write(b"x" * (1024 - kilobytes) * 1024)
        done = make(checkout, "run", f"PORT={free_port()}")
    finally:
        subprocess.run(["umount", "-l", var], check=True)
    assert_one_sentence(done, "(?i)disk is full|No space left")


def test_hosts_follow_the_address():
    """What HOST means may be asked for: itself, or every name of the machine; the loopback always."""
    code = "import start, sys; print(*start.allowed_hosts(sys.argv[1]))"

    def hosts(host: str, **variables: str) -> set[str]:
        command = [sys.executable, "-c", code, host]
        done = subprocess.run(
            command,
            cwd=ROOT / "deploy",
            env=surroundings(**variables),
            capture_output=True,
            text=True,
            check=True,
        )
        return set(done.stdout.split())

    loopback = {"127.0.0.1", "localhost", "[::1]"}
    assert hosts("127.0.0.1") == loopback
    assert hosts("192.168.7.7") == loopback | {"192.168.7.7"}
    assert hosts("fd00::7") == loopback | {"[fd00::7]"}
    assert hosts("0.0.0.0") >= loopback | {socket.gethostname()}  # noqa: S104
    assert hosts("127.0.0.1", ALLOWED_HOSTS="paper.test") == loopback | {"paper.test"}


def test_changed_requirements_are_installed_again(checkout):
    """Only a changed file is installed again."""
    code = "import environment as e; e.ensure('requirements.txt'); print('nothing to do')"
    command = [sys.executable, "-c", code]
    options = {"cwd": checkout / "deploy", "env": surroundings(), "capture_output": True, "text": True}
    # The lent environment has no pip of its own; it is seen in the packages lent.
    assert subprocess.run(command, check=True, **options).stdout == "nothing to do\n"
    with (checkout / "requirements.txt").open("a") as file:
        file.write("\n# changed\n")
    assert "Installing packages (requirements.txt)" in subprocess.run(command, check=False, **options).stdout


def test_requirements_are_pinned():
    """Every line of every requirements file names one version."""
    for name in ("requirements.txt", "requirements-prod.txt", "requirements-dev.txt"):
        lines = [line.partition("#")[0].strip() for line in (ROOT / name).read_text().splitlines()]
        assert all(re.fullmatch(r"[\w.-]+(\[[\w,-]+\])?==[\w.]+", line) for line in lines if line), name


def test_ci_runs_what_people_run():
    """.ci/run requires everything and calls the same command."""
    text = (ROOT / ".ci" / "run").read_text()
    assert "set -euo pipefail" in text
    assert text.rstrip().endswith("REQUIRE_ALL=1 make test")
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
    assert subprocess.run(["bash", "-n", ROOT / ".ci" / "run"], check=False).returncode == 0


def test_suite_requires_everything_in_ci():
    """With REQUIRE_ALL=1 a missing service is a failure that names it; without, a line that says what is skipped."""
    code = (
        "import suite, services, contextlib, pathlib, sys\n"
        "services.postgresql = lambda: ('', '')\nservices.chromium = lambda: ''\nservices.checker = lambda: ''\n"
        "suite.step = lambda *a, **k: None\nsuite.check_floor = lambda *a: None\n"
        "try:\n    suite.everything(pathlib.Path('/nowhere'), '', '')\n"
        "except suite.Stop as stop:\n    sys.exit(str(stop))\n"
    )

    def run(**variables: str) -> subprocess.CompletedProcess:
        command = [sys.executable, "-c", code]
        return subprocess.run(
            command,
            cwd=ROOT / "deploy",
            env=surroundings(**variables),
            capture_output=True,
            text=True,
            check=False,
        )

    required = run(REQUIRE_ALL="1")
    assert required.returncode == 1
    assert "PostgreSQL, Redis, Chromium, HTML checker" in required.stderr
    free = run()
    assert free.returncode == 0
    assert free.stdout.count("not found, tests that need it are skipped") == 4


def test_suite_touches_no_database_of_ones_own():
    """Variables of the developer, and a .env, are set aside; PostgreSQL gets a name of this checkout's own."""
    code = (
        "import services, suite, pathlib\nv = suite.surroundings(pathlib.Path('/tmp/x'))\n"
        "print(v['DATABASE_URL'], repr(v['CACHE_URL']), v['VAR_DIR'], services.DATABASE)"
    )
    command = [sys.executable, "-c", code]
    environment = surroundings(DATABASE_URL="postgres://me@127.0.0.1/mine", CACHE_URL="redis://127.0.0.1/0")
    done = subprocess.run(
        command, cwd=ROOT / "deploy", env=environment, capture_output=True, text=True, check=True
    )
    assert re.fullmatch(
        r"sqlite:////tmp/x/suite\.sqlite3 '' /tmp/x newsroom_suite_[0-9a-f]{8}\n", done.stdout
    )
