"""German."""

from advgen.words.de import advisory, cvss, site, statistics, terms

MONTHS = (
    "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember",
)  # fmt: skip
CATALOGUE = terms.CATALOGUE | advisory.CATALOGUE | site.CATALOGUE | cvss.CATALOGUE | statistics.CATALOGUE
