"""`python -m advgen`."""

from advgen.cli import main

if __name__ == "__main__":
    main()
