"""What one server holds: the case, the index of its last whole run, and the tables of that run."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import BoundedSemaphore, Lock, RLock
from typing import TYPE_CHECKING, Any

import duckdb
from pyroaring import BitMap

from enduse.case import Case
from enduse.engine.duckdb import DuckDBEngine
from enduse.pipeline import ROOMS, Place, attach_all
from enduse.web.index.build import Tell, attach, build, connect, tidy
from enduse.web.index.kept import Kept
from enduse.web.index.rows import Finder
from enduse.web.index.stamp import stamp_of
from enduse.web.index.store import Index, records_of

if TYPE_CHECKING:
    from enduse.contracts.run import RunInfo

KEPT = 60
TURNS = 2
OPENINGS = 5  # tries to read a run that no other run replaces meanwhile


class Opened:
    """One run of the case, open for reading. Replaced as a whole after the next run."""

    def __init__(self, folder: Path, index_folder: Path) -> None:
        self.folder = index_folder
        self.place = Place(index_folder / "tables")
        self.index = Index(index_folder)
        self._db: duckdb.DuckDBPyConnection = connect(Path(":memory:"), index_folder / "spill", memory="400MB")
        attach(self._db, self.place, "")
        self.finder = Finder(self.index, {"figure": self._figure, "claim": self._claim, "chain": self._chain})
        self._kept: Kept[Any] = Kept(KEPT)
        self._pinned: dict[Any, Any] = {}
        self._engine_lock = Lock()
        self.case_folder = folder

    def ask(self, sql: str, values: Sequence[object] = ()) -> list[dict[str, Any]]:
        """Rows of a query over the tables of the run, `?` for each value."""
        return records_of(self._db, sql, values)

    @contextmanager
    def cursor(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor of the tables for one use."""
        cursor = self._db.cursor()
        try:
            yield cursor
        finally:
            cursor.close()

    @contextmanager
    def engine(self) -> Iterator[DuckDBEngine]:
        """An engine over the tables of the run for the helpers of other rooms; one user at a time."""
        with self._engine_lock:
            opened = DuckDBEngine(self.folder / "spill", memory="400MB")
            try:
                attach_all(opened, self.place)
                yield opened
            finally:
                opened.close()

    def kept(self, key: Any, make: Callable[[], Any]) -> Any:
        """A result that does not change while the run is open; the last ones are kept."""
        return self._pinned[key] if key in self._pinned else self._kept.get(key, make)

    def pin(self, key: Any, value: Any) -> None:
        """A result that stays: what the first page needs."""
        self._pinned[key] = value

    # ---- rows of named things --------------------------------------------------------------------------------------

    def located(self, sql: str, values: Sequence[object] = ()) -> tuple[dict[str, Any], Any]:
        """Columns of a query that gives `shipment_id` beside others, and the place of each of its rows (-1: none)."""
        with self.cursor() as cursor:
            found = cursor.execute(
                "SELECT split_part(shipment_id, '-', 1) AS shipment_file, CAST(split_part(shipment_id, '-', 2) AS BIGINT) AS shipment_record, * "
                f"EXCLUDE (shipment_id) FROM ({sql})",
                list(values),
            ).fetchnumpy()
        return found, self.index.places(found["shipment_file"], found["shipment_record"])

    def _places(self, sql: str, values: Sequence[object]) -> BitMap:
        """Rows of the shipments a query names."""
        _, places = self.located(sql, values)
        return BitMap(places[places >= 0].astype("uint32"))

    def _figure(self, figure_id: str) -> BitMap:
        return self.index.figures.get(figure_id, BitMap())

    def _claim(self, claim_id: str) -> BitMap:
        return self._places(
            "SELECT DISTINCT r.shipment_id FROM verdict AS v JOIN figure_row AS r ON r.figure_id = v.figure_id WHERE v.claim_id = ?",
            [claim_id],
        )

    def _chain(self, chain_id: str) -> BitMap:
        return self._places(
            "SELECT r.shipment_id FROM hop AS h JOIN consignment_row AS r ON r.consignment_id = h.shipment_id WHERE h.chain_id = ?",
            [chain_id],
        )

    def close(self) -> None:
        self._db.close()
        self.index.close()


class Desk:
    """The case of one server. `now` is the open run; it is swapped when a new run is whole."""

    def __init__(self, folder: Path, tell: Tell | None = None) -> None:
        self.case = Case(folder)
        self.folder = folder
        self._swap = RLock()
        # Questions over many rows take turns: two cores are no faster with ten of them, but need the memory of ten.
        self.turns = BoundedSemaphore(TURNS)
        self.now = self._open(tell)
        self._stale: tuple[float, list[str]] = (0.0, [])
        self.stale()  # the rooms are read once here, not while the first page waits

    def _open(self, tell: Tell | None) -> Opened:
        from enduse.web.views.overview import prepare

        for _ in range(OPENINGS):
            info = self.case.run_info()
            folder = build(self.folder, tell) if tell else build(self.folder)
            if folder.name == stamp_of(self.folder):
                break  # else a run put new results there meanwhile: what was read of the old ones is no whole
        opened = Opened(self.folder, folder)
        opened.pin("run_info", info)  # of the results that are shown, whatever is run after them
        prepare(opened, self.case.file)
        return opened

    def newer(self) -> str | None:
        """The id of the run whose results lie in the case, where they are others than those shown."""
        if stamp_of(self.folder) == self.now.folder.name:
            return None
        return Case(self.folder).run_info().run_id

    def reopen(self, tell: Tell | None = None) -> None:
        """Open the last whole run in place of the one held."""
        with self._swap:
            self.case = Case(self.folder)
            fresh = self._open(tell)
            old, self.now = self.now, fresh
            self._stale = (0.0, [])
            tidy(fresh.folder.parent, fresh.folder)
        del old  # requests under way keep their own reference; it closes with the last of them

    def stages(self) -> list[dict[str, Any]]:
        return [{"stage": r, "done": bool(self.now.place.manifest(r))} for r in ROOMS]

    def done(self, stage: str) -> bool:
        return bool(self.now.place.manifest(stage))

    def stale(self) -> list[str]:
        """Stages whose results are older than settings, sources, judgements or program; asked at most once a second."""
        at, held = self._stale
        if time.monotonic() - at > 1:
            self.case = Case(self.folder)
            held = self.case.stale()
            self._stale = (time.monotonic(), held)
        return held

    def forget_stale(self) -> None:
        self._stale = (0.0, [])

    def run_info(self) -> RunInfo:
        """Of the run that is shown."""
        found: RunInfo = self.now.kept("run_info", self.case.run_info)
        return found
