"""Who is let in, and what every answer carries."""

from __future__ import annotations

import pytest
from web_case import BASE, PORT, TOKEN, Local

from enduse.web.guard import HEADERS, POLICY


@pytest.fixture
def stranger(desk):
    return Local(desk)


@pytest.mark.parametrize(
    "path", ["/", "/shipments", "/api/case", "/api/export?view=shipments", "/assets/index.js", "/docs", "/openapi.json"]
)
def test_without_the_token_nothing_is_told(stranger, path):
    answer = stranger.get(path)
    assert answer.status_code == 401
    assert answer.json()["error"]["fix"]


@pytest.mark.parametrize("token", ["", "wrong", TOKEN[:-1], TOKEN + "x", "ä"])
def test_a_wrong_token_is_refused(stranger, token):
    assert stranger.get("/api/case", headers={"Authorization": b"Bearer " + token.encode()}).status_code == 401
    assert stranger.get("/", params={"token": token}).status_code == 401
    assert stranger.get("/api/case", headers={"Cookie": b"enduse=" + token.encode()}).status_code == 401


def test_the_address_lets_a_browser_in_once_and_for_all(stranger):
    answer = stranger.get("/", params={"token": TOKEN})
    assert answer.status_code == 303
    assert answer.headers["location"] == "/"
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert stranger.get("/api/case").status_code == 200


@pytest.mark.parametrize(
    "host", ["evil.example", f"evil.example:{PORT}", "127.0.0.1", "127.0.0.1:1", f"127.0.0.1.evil.example:{PORT}", ""]
)
def test_a_name_that_only_points_here_is_refused(ask, host):
    assert ask.http.get("/api/case", headers={"Host": host}).status_code == 400


@pytest.mark.parametrize("host", [f"127.0.0.1:{PORT}", f"localhost:{PORT}", f"[::1]:{PORT}"])
def test_our_own_names_are_accepted(ask, host):
    assert ask.http.get("/api/run", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "", f"https://evil.example:{PORT}", "http://127.0.0.1:1"]
)
def test_another_page_cannot_judge_or_run(ask, origin):
    assert ask.http.post("/api/judgements", json={}, headers={"Origin": origin}).status_code == 403
    assert ask.http.post("/api/run", json={}, headers={"Origin": origin}).status_code == 403


def test_a_form_cannot_be_posted(ask):
    assert ask.http.post("/api/run", data={"until": "intake"}, headers={"Origin": BASE}).status_code == 415


def test_long_bodies_and_addresses_are_refused(ask):
    assert ask.http.post("/api/judgements", json={"left": "x" * 70_000}, headers={"Origin": BASE}).status_code == 413

    async def chunks():
        for _ in range(100):
            yield b" " * 1000

    chunked = ask.http.post(
        "/api/judgements", content=chunks(), headers={"Origin": BASE, "Content-Type": "application/json"}
    )
    assert chunked.status_code in (411, 413)
    assert ask.http.get("/api/selection", params={"q": "x" * 20_000}).status_code == 414
    assert ask.http.get("/api/selection", params={"q": "x" * 400}).status_code == 400


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_other_methods_are_not_used(ask, method):
    assert ask.http.request(method, "/api/case").status_code == 405


def test_every_answer_carries_the_policy(ask, stranger):
    for answer in (
        ask.http.get("/api/case"),
        ask.http.get("/api/nothing"),
        stranger.get("/api/case"),
        ask.http.get("/"),
        ask.http.get("/api/export?view=figures"),
    ):
        for name, value in HEADERS.items():
            assert answer.headers[name] == value
        assert "access-control-allow-origin" not in answer.headers
    assert ask.http.get("/api/case").headers["cache-control"] == "no-store"
    assert "unsafe" not in POLICY
    assert "http" not in POLICY


@pytest.mark.parametrize("path", ["/docs", "/redoc", "/openapi.json", "/api/docs"])
def test_no_page_describes_the_api(ask, path):
    assert ask.http.get(path).status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/assets/../app.py",
        "/assets/%2e%2e/app.py",
        "/assets/..%2f..%2fcase.py",
        "/assets//etc/passwd",
        "/assets/",
        "/assets/%00",
    ],
)
def test_no_file_but_the_front_ends_is_served(ask, path):
    answer = ask.http.get(path)
    assert answer.status_code in (400, 404)
    assert "import" not in answer.text
