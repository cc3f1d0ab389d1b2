"""A server that speaks S3 on a free port of the loopback, for tests of photos in an object store."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlencode

import pytest

WHY = "the packages of requirements-dev.txt are not installed"
boto3 = pytest.importorskip("boto3", reason=WHY)
moto = pytest.importorskip("moto.server", reason=WHY)

KEY, SECRET = "newsroom", "not/a+secret"


@dataclass(frozen=True)
class Server:
    """A running server: ``host`` with its port."""

    host: str

    def setting(self, bucket: str, **options: str) -> str:
        """Return MEDIA_STORAGE for a bucket of this server."""
        return f"s3://{KEY}:not%2Fa%2Bsecret@{self.host}/{bucket}?" + urlencode({"scheme": "http"} | options)

    def client(self):
        """Return a client of the owner of the buckets."""
        return boto3.client(
            "s3",
            endpoint_url=f"http://{self.host}",
            aws_access_key_id=KEY,
            aws_secret_access_key=SECRET,
            region_name="us-east-1",
        )


@contextmanager
def running() -> Iterator[Server]:
    """Start the server, and end it at the end."""
    server = moto.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        yield Server("{}:{}".format(*server.get_host_and_port()))
    finally:
        server.stop()
