"""Pictures of lanes as files: PNG where the extra is there, else SVG and CSV and a word about it."""

from __future__ import annotations

import struct
import sys

import pytest

from enduse.dossier.charts.flows import flow_map
from enduse.dossier.charts.routes_slopes import Slope, slope_chart
from enduse.dossier.lanes import Lanes, Picture, write_pictures
from enduse.dossier.model import Leg
from enduse.dossier.png import painter


@pytest.fixture
def lanes():
    slopes = slope_chart([Slope("Armenia", 10, 40), Slope("Türkiye", 90, 20)], "Moved", "USD", before="b", after="a")
    drawn = flow_map((Leg("CN", "KZ", 100, 1, 0, declared=True),), "Lanes")
    made = [
        Picture(n, n, svg, "", ("Partner",), (("Armenia",),)) for n, svg in (("partners", slopes), ("map", drawn.wide))
    ]
    return Lanes((), (), (), (), 0, (), tuple(made))


def test_png_beside_svg_and_table(lanes, tmp_path):
    pytest.importorskip("resvg_py", reason="the extra `pictures` is not installed")
    written = write_pictures(lanes, tmp_path, painter())
    assert sorted(p.name for p in written) == sorted(
        f"{n}{s}" for n in ("partners", "map") for s in (".svg", ".csv", ".png")
    )
    for name in ("partners", "map"):
        data = (tmp_path / f"{name}.png").read_bytes()
        assert data[:8] == b"\x89PNG\r\n\x1a\n"
        width, height = struct.unpack(">II", data[16:24])
        assert min(width, height) > 300
        assert len(data) > 3000  # lines and letters, not an empty sheet


def test_without_the_extra_svg_and_table_are_written(lanes, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "resvg_py", None)
    assert painter() is None
    assert {p.suffix for p in write_pictures(lanes, tmp_path, painter())} == {".svg", ".csv"}
