"""advgen: Markdown security advisories in, a site, feeds and machine-readable documents out."""

__version__ = "0.1.0"
