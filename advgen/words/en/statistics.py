"""English: the page of statistics."""

CATALOGUE = {
    "statistics.title": "Statistics",
    "statistics.lead": "How many advisories there are: by year, platform, product and kind.",
    "statistics.total": "Advisories",
    "statistics.exploited": "Known to be exploited",
    "statistics.withdrawn": "Withdrawn advisories are in no picture. "
    "The tables count them apart, and the lists behind the names hold them.",
    "statistics.all": "All",
    "statistics.named": "Affected, or may be",
    "statistics.everywhere": "About all platforms",
    "statistics.calm": "Not affected",
    "statistics.more": "These are the ten with most, of {count}.",
    "statistics.everything": "All of them",
    "statistics.title.years": "By year and severity",
    "statistics.title.platforms": "By platform",
    "statistics.title.products": "By product",
    "statistics.title.kinds": "By kind",
    "statistics.about.years": "By the year of publication, the worst at the foot of each column. "
    "The highest: {name}, with {number} of {total}.",
    "statistics.about.platforms": "Those that speak of each platform. The highest: {name}, with {number} of {total}.",
    "statistics.about.products": "Those that are about each product, also where it is not affected. "
    "The highest: {name}, with {number} of {total}.",
    "statistics.about.kinds": "By what they are about. The highest: {name}, with {number} of {total}.",
    "statistics.alt.years": "Column chart: advisories of each year, divided by severity. The table has the numbers.",
    "statistics.alt.platforms": "Bar chart: advisories for each platform. The table has the numbers.",
    "statistics.alt.products": "Bar chart: advisories for each product. The table has the numbers.",
    "statistics.alt.kinds": "Bar chart: advisories of each kind. The table has the numbers.",
    "statistics.head.years": "Year",
    "statistics.head.platforms": "Platform",
    "statistics.head.products": "Product",
    "statistics.head.kinds": "Kind",
}
