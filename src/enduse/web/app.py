"""The addresses of the application and what answers them. No documentation page, no schema, no cross-origin answers."""

from __future__ import annotations

import atexit
from pathlib import Path
from typing import Annotated, Literal

from fastapi import FastAPI, Query, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, Field
from starlette.background import BackgroundTask
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, StreamingResponse

from enduse.errors import EnduseError, UsageError
from enduse.web import export
from enduse.web.answers import answer, fault
from enduse.web.desk import Desk
from enduse.web.guard import App, Guard, Receive, Refused, Scope, Send
from enduse.web.runs import Runs
from enduse.web.selection import Selection, parse
from enduse.web.source.around import MOST
from enduse.web.views import (
    chains,
    claims,
    figures,
    flows,
    network,
    overview,
    parties,
    review,
    routes,
    shipment,
    shipments,
    source,
)

STATIC = Path(__file__).with_name("static")
PAGES = (
    "",
    "overview",
    "shipments",
    "parties",
    "chains",
    "routes",
    "claims",
    "network",
    "map",
    "timeline",
    "figures",
    "review",
    "run",
)
Many = Annotated[int, Query(ge=1, le=500)]
Around = Annotated[int, Query(ge=0, le=MOST)]
Offset = Annotated[int, Query(ge=0, le=1_000_000_000)]
Word = Annotated[str, Query(max_length=300)]
LongWord = Annotated[str, Query(min_length=1, max_length=10_000)]


def selected(request: Request) -> Selection:
    return parse(request.query_params.multi_items())


def make(desk: Desk, *, token: str, port: int) -> App:
    """The guarded application over one case."""
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None, title="enduse")
    _faults(app, desk)
    runs = Runs(desk)
    _reading(app, desk)
    _writing(app, desk, runs)
    _pages(app)
    atexit.register(runs.stop)
    return Guard(_easing(app, desk), token=token, port=port)


def _easing(app: App, desk: Desk) -> App:
    """Mapped memory is let go after an answer, never before or during it."""

    async def eased(scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await app(scope, receive, send)
        finally:
            desk.now.index.ease()

    return eased


def _faults(app: FastAPI, desk: Desk) -> None:
    @app.exception_handler(EnduseError)
    def refused(_: Request, error: EnduseError) -> Response:
        return fault(400 if isinstance(error, UsageError) else 404, error.what, _inside(error.where, desk), error.fix)

    @app.exception_handler(Refused)
    def guarded(_: Request, error: Refused) -> Response:
        return fault(error.status, error.what, error.where, error.fix)

    @app.exception_handler(RequestValidationError)
    def wrong(_: Request, error: RequestValidationError) -> Response:
        first = error.errors()[0]
        return fault(400, f"{first['loc'][-1]}: {first['msg']}", "the address", "Mend the value")

    @app.exception_handler(HTTPException)
    def missing(request: Request, error: HTTPException) -> Response:
        return fault(error.status_code, str(error.detail).lower(), request.url.path[:200])

    @app.exception_handler(Exception)
    def broken(request: Request, error: Exception) -> Response:
        return fault(
            500,
            f"a fault of enduse: {type(error).__name__}",
            request.url.path[:200],
            "Please report it with what you asked for",
        )


def _inside(where: str, desk: Desk) -> str:
    """A place without the path of the machine."""
    return where.replace(str(desk.folder.resolve()), desk.folder.resolve().name).replace(
        str(desk.folder), desk.folder.name
    )


def _reading(app: FastAPI, desk: Desk) -> None:
    @app.get("/api/case")
    def case() -> Response:
        return answer(overview.case_of(desk))

    @app.get("/api/selection")
    def selection(request: Request) -> Response:
        with desk.turns:
            return answer(overview.selection_of(desk.now, selected(request)))

    @app.get("/api/facets")
    def facets(
        request: Request,
        facet: Annotated[list[str] | None, Query(max_length=20)] = None,
        limit: Annotated[int, Query(ge=1, le=5000)] = 1000,
    ) -> Response:
        with desk.turns:
            return answer(overview.facets_of(desk.now, selected(request), tuple(facet or ()), limit))

    @app.get("/api/shipments")
    def shipment_page(
        request: Request,
        sort: Word = "date",
        way: Annotated[str, Query(alias="dir", max_length=4)] = "desc",
        offset: Offset = 0,
        limit: Many = 50,
    ) -> Response:
        with desk.turns:
            return answer(
                shipments.page_of(desk.now, selected(request), sort=sort, direction=way, offset=offset, limit=limit)
            )

    @app.get("/api/shipments/{shipment_id}")
    def one_shipment(shipment_id: str) -> Response:
        return answer(shipment.shipment_of(desk, shipment_id))

    @app.get("/api/shipments/{shipment_id}/source")
    def lines_around(shipment_id: str, before: Around = 4, after: Around = 6) -> Response:
        return answer(source.source_of(desk, shipment_id, before=before, after=after))

    @app.get("/api/figures")
    def all_figures() -> Response:
        return answer(figures.figures_of(desk))

    @app.get("/api/parties")
    def party_page(
        request: Request,
        sort: Word = "value_usd",
        way: Annotated[str, Query(alias="dir", max_length=4)] = "desc",
        offset: Offset = 0,
        limit: Many = 50,
        find: Word = "",
    ) -> Response:
        with desk.turns:
            return answer(
                parties.parties_of(
                    desk.now, selected(request), sort=sort, direction=way, offset=offset, limit=limit, find=find
                )
            )

    @app.get("/api/parties/{party_id}")
    def one_party(party_id: str) -> Response:
        with desk.turns:
            return answer(parties.party_of(desk, party_id))

    @app.get("/api/chains")
    def chain_page(
        request: Request,
        start: Annotated[str, Query(alias="from", max_length=2)] = "",
        finish: Annotated[str, Query(alias="to", max_length=2)] = "",
        through: Word = "",
        sort: Word = "rank",
        offset: Offset = 0,
        limit: Many = 50,
    ) -> Response:
        with desk.turns:
            return answer(
                chains.chains_of(
                    desk.now,
                    selected(request),
                    start=start,
                    finish=finish,
                    through=through,
                    sort=sort,
                    offset=offset,
                    limit=limit,
                )
            )

    @app.get("/api/chains/{chain_id}")
    def one_chain(chain_id: str) -> Response:
        return answer(chains.chain_of(desk.now, chain_id))

    @app.get("/api/routes")
    def all_routes() -> Response:
        return answer(routes.routes_of(desk.now))

    @app.get("/api/claims")
    def claim_page(offset: Offset = 0, limit: Many = 50) -> Response:
        return answer(claims.claims_of(desk.now, offset=offset, limit=limit))

    @app.get("/api/documents/{source:path}")
    def one_document(source: str) -> Response:
        return answer(claims.document_of(desk, source))

    @app.get("/api/network")
    def firms(request: Request, limit: Annotated[int, Query(ge=1, le=5000)] = 2000) -> Response:
        with desk.turns:
            return answer(network.network_of(desk.now, selected(request), limit))

    @app.get("/api/map")
    def lanes(request: Request) -> Response:
        with desk.turns:
            return answer(flows.map_of(desk.now, selected(request)))

    @app.get("/api/timeline")
    def time_line(request: Request, lanes: Annotated[int, Query(ge=1, le=200)] = 30) -> Response:
        with desk.turns:
            return answer(flows.timeline_of(desk, selected(request), lanes))

    @app.get("/api/review")
    def questions(limit: Many = 20) -> Response:
        return answer(review.review_of(desk, limit))

    @app.get("/api/review/why")
    def why(left: LongWord, right: LongWord) -> Response:
        return answer(review.why_of(desk, left, right))

    @app.get("/api/export")
    def download(
        request: Request,
        view: Word,
        form: Annotated[str, Query(alias="format", max_length=10)] = "csv",
        safe: Annotated[int, Query(ge=0, le=1)] = 0,
    ) -> Response:
        export.check(view, form)
        asked = selected(request)
        headers = {"content-disposition": f'attachment; filename="{export.name_of(desk, view, form)}"'}
        if form == "csv":
            return StreamingResponse(
                export.csv_of(desk, view, asked, safe=bool(safe)), media_type="text/csv; charset=utf-8", headers=headers
            )
        path = export.xlsx_of(desk, view, asked)
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        return FileResponse(
            path, media_type=kind, headers=headers, background=BackgroundTask(path.unlink, missing_ok=True)
        )


class Judgement(BaseModel):
    """What a person says of two names."""

    model_config = ConfigDict(extra="forbid")

    left: str = Field(min_length=1, max_length=review.LONGEST_NAME)
    right: str = Field(min_length=1, max_length=review.LONGEST_NAME)
    judgement: Literal["same", "different", "unsure", "withdrawn"]
    user: str = Field("", max_length=200)


class Start(BaseModel):
    """A run, up to a stage or whole."""

    model_config = ConfigDict(extra="forbid")

    until: str | None = Field(None, max_length=20)


class Nothing(BaseModel):
    """An empty object: there is nothing to say."""

    model_config = ConfigDict(extra="forbid")


def _writing(app: FastAPI, desk: Desk, runs: Runs) -> None:
    @app.post("/api/judgements")
    def judged(said: Judgement) -> Response:
        return answer(review.judge(desk, said.left, said.right, said.judgement, said.user))

    @app.post("/api/run")
    def run(asked: Start) -> Response:
        return answer(runs.start(asked.until), 202)

    @app.post("/api/reopen")
    def reopen(_: Nothing) -> Response:
        return answer(runs.show_newer(), 202)

    @app.get("/api/run")
    def progress() -> Response:
        return answer(runs.state())


def _pages(app: FastAPI) -> None:
    """The front end: its files, and one page for every view so that an address can be opened again."""

    @app.get("/assets/{path:path}")
    def asset(path: str) -> Response:
        try:
            found = (STATIC / path).resolve()
        except ValueError:  # a NUL in the path
            return fault(404, "no such file", "/assets")
        if not found.is_relative_to(STATIC.resolve()) or not found.is_file():
            return fault(404, "no such file", f"/assets/{path}"[:200])
        return FileResponse(found, headers={"cache-control": "no-cache"})

    def page() -> Response:
        found = STATIC / "index.html"
        if not found.is_file():
            return fault(
                503, "the front end is not part of this installation", fix="Build it: npm run build in frontend/"
            )
        return FileResponse(found, headers={"cache-control": "no-cache"})

    for name in PAGES:
        app.get(f"/{name}")(page)
        if name:
            app.get(f"/{name}/{{rest:path}}")(page)
