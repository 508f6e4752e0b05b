"""A child process of `batch`: a pickled question on standard input, pickled answers on standard output."""

from __future__ import annotations

import pickle
import sys

from enduse.goods.batch import read_part


def main() -> None:
    """Answer one part."""
    profile, part = pickle.loads(sys.stdin.buffer.read())  # noqa: S301 - our own parent's words
    sys.stdout.buffer.write(pickle.dumps(read_part(profile, part), protocol=pickle.HIGHEST_PROTOCOL))


if __name__ == "__main__":
    main()
