"""German: the page of statistics."""

CATALOGUE = {
    "statistics.title": "Statistik",
    "statistics.lead": "Wie viele Meldungen es gibt: nach Jahr, Plattform, Produkt und Art.",
    "statistics.total": "Meldungen",
    "statistics.exploited": "Bekanntermaßen ausgenutzt",
    "statistics.withdrawn": "Zurückgezogene Meldungen sind in keinem Bild. "
    "Die Tabellen zählen sie für sich, und die Listen hinter den Namen führen sie auf.",
    "statistics.all": "Alle",
    "statistics.named": "Betroffen, oder vielleicht",
    "statistics.everywhere": "Für alle Plattformen",
    "statistics.calm": "Nicht betroffen",
    "statistics.more": "Das sind die zehn mit den meisten, von {count}.",
    "statistics.everything": "Alle davon",
    "statistics.title.years": "Nach Jahr und Schweregrad",
    "statistics.title.platforms": "Nach Plattform",
    "statistics.title.products": "Nach Produkt",
    "statistics.title.kinds": "Nach Art",
    "statistics.about.years": "Nach dem Jahr der Veröffentlichung, die schlimmsten unten in jeder Säule. "
    "Am meisten: {name}, mit {number} von {total}.",
    "statistics.about.platforms": "Die von jeder Plattform handeln. Am meisten: {name}, mit {number} von {total}.",
    "statistics.about.products": "Die von jedem Produkt handeln, auch wo es nicht betroffen ist. "
    "Am meisten: {name}, mit {number} von {total}.",
    "statistics.about.kinds": "Nach dem, wovon sie handeln. Am meisten: {name}, mit {number} von {total}.",
    "statistics.alt.years": "Säulendiagramm: Meldungen jedes Jahres, geteilt nach Schweregrad. Die Zahlen stehen in der Tabelle.",
    "statistics.alt.platforms": "Balkendiagramm: Meldungen für jede Plattform. Die Zahlen stehen in der Tabelle.",
    "statistics.alt.products": "Balkendiagramm: Meldungen für jedes Produkt. Die Zahlen stehen in der Tabelle.",
    "statistics.alt.kinds": "Balkendiagramm: Meldungen jeder Art. Die Zahlen stehen in der Tabelle.",
    "statistics.head.years": "Jahr",
    "statistics.head.platforms": "Plattform",
    "statistics.head.products": "Produkt",
    "statistics.head.kinds": "Art",
}
