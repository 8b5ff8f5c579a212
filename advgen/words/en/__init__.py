"""English, the language that every text is there in."""

from advgen.words.en import advisory, cvss, site, statistics, terms

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip
CATALOGUE = terms.CATALOGUE | advisory.CATALOGUE | site.CATALOGUE | cvss.CATALOGUE | statistics.CATALOGUE
