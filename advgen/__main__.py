"""`python -m advgen`."""

from advgen.cli import run

if __name__ == "__main__":
    run()
