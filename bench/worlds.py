"""Labelled worlds: what a row costs, how cost grows with rows, and what single columns give away. `enduse bench worlds [ROWS]`."""

from __future__ import annotations

import resource
import sys
import tempfile
from math import log
from pathlib import Path

from common import spent
from enduse.simulate.probe import probe
from enduse.simulate.run import make


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        small = spent(lambda: make(folder / "small", rows=rows // 4, seed=1, world="open"))
        made: dict[str, object] = {}
        large = spent(lambda: made.update(make(folder / "large", rows=rows, seed=1, world="open")))
        count = int(str(made["rows"]))
        print(
            f"{count} records asked for as {rows}: {large.cpu:.1f} s of processor, {large.cpu / count * 1e6:.0f} us a record"
        )
        print(f"growth: cost ~ rows^{log(large.cpu / small.cpu) / log(4):.2f} from {rows // 4} rows")
        print(f"largest memory so far {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:.2f} GB")
        print(
            "area under the ROC curve of single columns (.5 tells nothing): against all lots, against lawful onward lots"
        )
        for name, areas in sorted(probe(folder / "large").items(), key=lambda item: -max(item[1].values())):
            print(f"  {name:20} {areas.get('all', float('nan')):.3f}  {areas['onward']:.3f}")


if __name__ == "__main__":
    main()
