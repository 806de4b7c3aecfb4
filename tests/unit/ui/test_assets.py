"""Style sheets and scripts as browsers get them."""

from __future__ import annotations

import gzip

import pytest
from flask import Flask

from consult.ui.assets import Assets

BUNDLES = {"some.css": ("css/base.css", "css/public.css"), "some.js": ("js/place.js",)}


@pytest.fixture
def app() -> Flask:
    app = Flask(__name__, static_folder=None)
    Assets(BUNDLES).install(app)
    return app


def url(app: Flask, bundle: str) -> str:
    with app.test_request_context("/"):
        return str(app.jinja_env.globals["asset_url"](bundle))  # type: ignore[operator]


def test_name_carries_the_content(app: Flask) -> None:
    other = Flask(__name__, static_folder=None)
    Assets({"some.css": ("css/base.css",)}).install(other)
    assert url(app, "some.css") != url(other, "some.css")


@pytest.mark.parametrize(("bundle", "kind"), [("some.css", "text/css"), ("some.js", "text/javascript")])
def test_bundle_is_served_as_what_it_is(app: Flask, bundle: str, kind: str) -> None:
    reply = app.test_client().get(url(app, bundle))
    assert reply.content_type == f"{kind}; charset=utf-8"
    assert "Content-Encoding" not in reply.headers


def test_compressed_content_is_the_same(app: Flask) -> None:
    client, address = app.test_client(), url(app, "some.css")
    plain = client.get(address).get_data()
    packed = client.get(address, headers={"Accept-Encoding": "br, gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.get_data()) == plain


@pytest.mark.parametrize("name", ["some.css", "some.0000000000.css", "..%2f..%2fsettings.py", "x"])
def test_nothing_else_is_served(app: Flask, name: str) -> None:
    assert app.test_client().get(f"/static/{name}").status_code == 404
