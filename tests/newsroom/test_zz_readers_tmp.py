import pytest
from pathlib import Path
from ..factories import *
@pytest.mark.django_db
def test_dump(client):
    a=make_article(); h={"sec-fetch-site":"same-origin"}
    o=Path("/tmp/readers/out")
    o.joinpath("err.html").write_bytes(client.post(f"/articles/{a.pk}/comments/",{"name":"가"*30,"text":"","website":"x"},headers=h).content)
    o.joinpath("far.html").write_bytes(client.post(f"/articles/{a.pk}/comments/",{"name":"가","text":"나"}).content)
    a.comments_open=False; a.save()
    o.joinpath("closed.html").write_bytes(client.post(f"/articles/{a.pk}/comments/",{"name":"가","text":"나"},headers=h).content)
    o.joinpath("s1.html").write_bytes(client.get("/search/?q=a+b+c+d+e+f+g+h+i&section=x&period=9").content)
    o.joinpath("s2.html").write_bytes(client.get("/search/?q=없는").content)
    o.joinpath("m.html").write_bytes(client.get("/most-read/").content)
