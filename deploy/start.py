"""``make run``: environment, database, demonstration newspaper, static files, server. Standard library only."""

import contextlib
import errno
import http.client
import ipaddress
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from environment import LOG, PYTHON, ROOT, VAR, Stop, ensure, keep, told

LOOPBACK = ["127.0.0.1", "localhost", "[::1]"]
SECONDS_TO_START = 30
SECONDS_TO_END = 10
THREADS = 4


def main() -> int:
    """Start the paper and stay until it ends; return the exit code."""
    host, port = os.environ.get("HOST") or LOOPBACK[0], port_number(os.environ.get("PORT") or "8000")
    check_address(host, port)
    ensure("requirements.txt")
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "newsroom.settings.dev",
        "ALLOWED_HOSTS": ",".join(allowed_hosts(host)),
    }
    prepare(environment)
    return serve(host, port, environment)


def port_number(text: str) -> int:
    """Return the port; raise Stop for what is none."""
    if not text.isascii() or not text.isdigit() or not 0 < int(text) < 65536:
        raise Stop(f"PORT must be a number from 1 to 65535, not «{text}».")
    return int(text)


def check_address(host: str, port: int) -> None:
    """Raise Stop with a sentence where nothing can listen on the address."""
    try:
        family, kind, _protocol, _name, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            probe.listen()
    except socket.gaierror:
        raise Stop(f"HOST «{host}» is no address of this machine; leave it out for 127.0.0.1.") from None
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise Stop(
                f"Port {port} on {host} is taken by another program; choose another: make run PORT={port % 65535 + 1}"
            ) from None
        if error.errno == errno.EACCES:
            raise Stop(f"Port {port} may be used by the administrator only; choose one above 1023.") from None
        raise Stop(f"HOST «{host}» is no address of this machine; leave it out for 127.0.0.1.") from None


def allowed_hosts(host: str) -> list[str]:
    """Return the names under which the paper may be asked: those given, the loopback, and those that HOST means."""
    names = [name for name in os.environ.get("ALLOWED_HOSTS", "").split(",") if name] + LOOPBACK
    if is_any(host):
        names += [socket.gethostname(), socket.getfqdn(), *map(bracketed, own_addresses())]
    else:
        names.append(bracketed(host))
    return list(dict.fromkeys(names))


def is_any(host: str) -> bool:
    """Tell whether HOST means every address of the machine."""
    return host in {"0.0.0.0", "::"}  # noqa: S104  (compared, not bound)


def own_addresses() -> list[str]:
    """Return the addresses under which other machines may know this one; no packet is sent."""
    found = []
    for family, other in ((socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1")):
        try:
            with socket.socket(family, socket.SOCK_DGRAM) as probe:
                probe.connect((other, 9))
                found.append(probe.getsockname()[0])
        except OSError:  # no such network here
            continue
    return found


def bracketed(host: str) -> str:
    """Return the host as it stands in an address: IPv6 in brackets."""
    try:
        return f"[{host}]" if ipaddress.ip_address(host).version == 6 else host
    except ValueError:
        return host


def prepare(environment: dict[str, str]) -> None:
    """Bring database, demonstration and static files up to date; raise Stop with the reason where that fails."""
    LOG.mkdir(parents=True, exist_ok=True)
    done = subprocess.run(
        [PYTHON, "manage.py", "prepare"],
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
        env=environment,
        cwd=ROOT,
        check=False,
    )
    keep("prepare", done.stderr)
    if done.returncode:
        lines = [line for line in done.stderr.splitlines() if line.strip()] or ["It gave no reason."]
        raise Stop(f"{lines[-1].removeprefix('CommandError: ')} (More stands in {LOG / 'prepare.log'}.)")


def serve(host: str, port: int, environment: dict[str, str]) -> int:
    """Run the server until it ends or somebody stops it; return the exit code."""
    command = [
        PYTHON, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port), "--workers", "1",
        "--blocking-threads", str(THREADS), "--log-level", "warning", "newsroom.wsgi:application",
    ]  # fmt: skip
    # A shell without job control has what it starts in the background ignore Ctrl-C.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for other in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(other, lambda *_: signal.raise_signal(signal.SIGINT))
    # In a session of its own, Ctrl-C does not reach it from the terminal: it is told once, by ``end``.
    server = subprocess.Popen(command, env=environment, cwd=ROOT, start_new_session=True)
    try:
        wait_until_it_answers(server, host, port)
        print(welcome(host, port), flush=True)
        server.wait()
    except KeyboardInterrupt:
        end(server)
        print("\nThe paper has stopped.")
        return 0
    raise Stop("The server ended by itself; what it said stands above.")


def end(server: subprocess.Popen) -> None:
    """End the server, gently first."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    server.send_signal(signal.SIGINT)
    with contextlib.suppress(subprocess.TimeoutExpired):
        server.wait(SECONDS_TO_END)
    # Whatever is left of it, a worker in the middle of something for one, would keep the terminal waiting.
    with contextlib.suppress(ProcessLookupError):
        os.killpg(server.pid, signal.SIGKILL)
    server.wait()


def wait_until_it_answers(server: subprocess.Popen, host: str, port: int) -> None:
    """Return as soon as the server answers; raise Stop when it ends before or takes too long."""
    near = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
    until = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < until:
        if server.poll() is not None:
            raise Stop("The server did not start; what it said stands above.")
        connection = http.client.HTTPConnection(near, port, timeout=2)
        try:
            connection.request("GET", "/healthz")
            if connection.getresponse().status == 200:
                return
        except (OSError, http.client.HTTPException):
            time.sleep(0.1)
        finally:
            connection.close()
    end(server)
    raise Stop(f"The server did not answer within {SECONDS_TO_START} seconds.")


def welcome(host: str, port: int) -> str:
    """Return what the person at the terminal needs to know."""
    address = f"http://{bracketed({'0.0.0.0': '127.0.0.1', '::': '::1'}.get(host, host))}:{port}"  # noqa: S104
    sign_in = Path(VAR / "sign-in.txt")
    lines = ["", f"The paper:  {address}/", f"The desk:   {address}/admin/"]
    lines += sign_in.read_text().splitlines() if sign_in.exists() else []
    if host not in {name.strip("[]") for name in LOOPBACK}:
        others = ", ".join(name for name in allowed_hosts(host) if name not in LOOPBACK)
        lines.append(
            f"Other machines reach it as {others}; everybody there can sign in with these passwords."
        )
    return "\n".join([*lines, "Stop it with Ctrl-C.", ""])


if __name__ == "__main__":
    sys.exit(told(main))
