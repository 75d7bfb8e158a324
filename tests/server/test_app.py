"""The composition root: one application, our routes before Streamlit's, headers on all."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

import app as root
import pages
from layers._fonts import FACES


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("WANGGE_HOME", str(tmp_path_factory.mktemp("home")))
        patched.delenv("WANGGE_DB", raising=False)
        with TestClient(root.app) as client:
            yield client


@pytest.mark.parametrize("path", ["/", "/healthz", "/_stcore/health", "/wall", FACES[0].url])
def test_one_port_serves_everything(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    assert "content-security-policy" in answer.headers


def test_the_product_wants_no_dialogs_of_streamlit(client):
    assert client.get("/_stcore/host-config").json()["blockErrorDialogs"] is True


def test_an_unknown_body_is_not_found(client):
    assert client.get("/map/bodies/0000.json").status_code == 404


@pytest.mark.parametrize("query", ["", "?lang=en&compound=C05", "?layers=a%2Cb&x=%26"])
def test_the_first_page_answers_to_its_name(client, query):
    answer = client.get(f"/{pages.find_all()[0].id}{query}", follow_redirects=False)
    assert answer.status_code == 307
    assert answer.headers["location"] == f"./{query}"
