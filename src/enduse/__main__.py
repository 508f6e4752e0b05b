"""`python -m enduse`."""

from enduse.cli import main

if __name__ == "__main__":
    main()
