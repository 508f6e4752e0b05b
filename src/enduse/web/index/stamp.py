"""Which run an index belongs to: the digests of all manifests, and the layout of the index."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from enduse.pipeline import ROOMS, Place
from enduse.web.index.layout import VERSION


def stamp_of(folder: Path) -> str:
    """Sixteen hex digits that change whenever a stage has been run anew."""
    place = Place(folder / "work")
    made = [place.manifest(room).get("digest", "") for room in ROOMS]
    held = [
        [t.name, t.stat().st_mtime_ns] for room in ROOMS for t in [place.stage(room) / "manifest.json"] if t.is_file()
    ]
    return hashlib.sha256(json.dumps([VERSION, made, held]).encode()).hexdigest()[:16]
