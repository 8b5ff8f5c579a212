"""The codes that are no rules: what cannot be read, the configuration, the theme and the output. Each has its page."""

from dataclasses import dataclass
from textwrap import indent


@dataclass(frozen=True, slots=True)
class Page:
    """What there is to say of a code."""

    name: str
    about: str
    more: str
    example: str = ""
    """Lines of a front matter, or of a configuration, that it is told of."""

    @property
    def text(self) -> str:
        """The whole page but for the code."""
        fires_on = f"\n\nFires on:\n{indent(self.example, '    ')}" if self.example else ""
        return f"{self.name}: {self.about}\n\n{self.more}{fires_on}"


PAGES = {
    "ADV001": Page("no-front-matter", "a file without fields", "The file begins with a line `---`, then the fields, then `---` again."),
    "ADV002": Page(
        "unreadable-yaml",
        "front matter that is not YAML, or means something else than it says",
        "Most often a colon, a quote, a tab or an indentation. The help says what to write; quoting the value mends nearly all of them.",
        "title: Player: tokens in the log",
    ),
    "ADV003": Page(
        "anchor",
        "an anchor or alias in the front matter",
        "`&name` and `*name` let one place stand for another. Write the value out.",
        "summary: &same Any app can read the log.",
    ),
    "ADV004": Page(
        "tag",
        "a tag in the front matter",
        "`!…` gives a value a type, which the field has already. Quote what begins with `!`.",
        "published: !!timestamp 2026-11-20",
    ),
    "ADV005": Page(
        "doubled-key",
        "a field that stands there twice",
        "One of the two would be lost without a word. Keep one.",
        "severity: high\nseverity: low",
    ),
    "ADV006": Page("deep-nesting", "fields within fields, deeper than any field goes", "Check the indentation."),
    "ADV007": Page("too-long", "a front matter or body beyond all measure", "Attach what is long as a file beside the advisory."),
    "ADV008": Page(
        "unseen-character",
        "a character that nobody can see, or bytes that are no UTF-8",
        "Control, bidirectional and zero-width characters make a text read otherwise than it is. Delete them; save the file as UTF-8.",
        'title: "Tokens \\u202E in the log"',
    ),
    "ADV009": Page("second-document", "two YAML documents in one front matter", "Write one advisory in a file."),
    "ADV010": Page("missing-field", "a field that is required, or has no value", "The help says what to add, and in which form.", "title:"),
    "ADV011": Page(
        "unknown-field",
        "a field that there is not",
        "A mistyped field is never taken for nothing. Your own go under `x:`.",
        "sumary: Any app can read the log.",
    ),
    "ADV012": Page(
        "wrong-shape",
        "a list, a text or a group of fields where another of them has to stand",
        "The help shows the form.",
        "severity: [high]",
    ),
    "ADV013": Page(
        "unknown-word",
        "a word that is not one of those to choose from",
        "The help says which word is near, or lists them all.",
        "severity: hihg",
    ),
    "ADV014": Page(
        "wrong-form", "a time, version, address, CVE id or number that is none", "The help shows the form.", "published: 20.11.2026"
    ),
    "ADV015": Page("wrong-id", "an id that is not the name of the file", "Make them agree, or leave the id out.", "id: ACME-1"),
    "ADV016": Page(
        "conflicting-fields",
        "fields that cannot stand beside each other",
        "The help says which of them to move.",
        "affected:\n  - {platforms: [android], versions: before 4.2.1, fixed: [3.9.9, 4.2.1]}",
    ),
    "ADV017": Page(
        "no-prose", "a field in a translation that is not prose", "A translation has texts alone; all else is that of the original."
    ),
    "ADV018": Page(
        "other-shape", "a translation that has another shape than its original", "Lists go by position; `{}` keeps an entry as it is."
    ),
    "ADV019": Page(
        "no-such-rule",
        "an `ignore` of what cannot be ignored",
        "Rules can be, but for those that keep secrets.",
        "ignore: [{code: ADV001, reason: It is an old one.}]",
    ),
    "ADV020": Page(
        "unread-file", "a file or folder that is not read", "Links, unreadable folders, files of unknown types: the message says why."
    ),
    "ADV910": Page("unreadable-configuration", "a configuration that is missing, or no TOML", "The message says where it ends to be TOML."),
    "ADV911": Page(
        "no-authority",
        "feeds without an authority, a domain and a year",
        'The ids of all feed entries begin with it, so it never changes: `authority = "acme.example,2026"` (RFC 4151).',
    ),
    "ADV912": Page(
        "doubled-name",
        "an id of the catalogue that stands there twice, or is also a family",
        "Give each its own.",
        '[[platforms]]\nid = "android"\n[[platforms]]\nid = "android"',
    ),
    "ADV913": Page(
        "unknown-name",
        "a name in the configuration that nothing has",
        "The help says which is near, or lists them.",
        '[defaults]\nplatforms = ["androd"]',
    ),
    "ADV914": Page(
        "other-version", "a site that requires another version of advgen", "Install one that fits, or mend `requires`.", 'requires = ">=99"'
    ),
    "ADV915": Page(
        "foreign-download", "a download of the catalogue that lies on no host of the publisher", "Readers are told that it is official."
    ),
    "ADV917": Page(
        "lost-feed",
        "an old address of a feed at which readers will find none",
        "A copy of the feed is written there. Where no file can stand (`/feed/`, `/?feed=rss2`) the host redirects: `[deploy] target`.",
    ),
    "ADV920": Page("broken-theme", "a template that cannot be read or drawn", "The message is the template engine's."),
    "ADV921": Page("theme-link", "a link in the theme that leads out of it", "Copy the file."),
    "ADV922": Page("one-path", "two files of the site on one path, or a path that no site can have", "Rename what they are made from."),
    "ADV923": Page("foreign-file", "a file in the output that advgen did not write", "It is never changed or removed; move it away."),
    "ADV924": Page("unwritable-output", "an output that cannot be written", "The message is the system's; the old site is as it was."),
    "ADV925": Page("output-in-sources", "an output folder that holds the site's own files", "Choose a folder of its own."),
    "ADV926": Page("two-builds", "another build that is writing to the same output", "Wait for it, then build again."),
    "ADV927": Page("unused-template", "a template that no page uses", "Its name may be mistyped."),
    "ADV928": Page("half-written", "an output of which the system refused a part", "Build again before you publish it."),
    "ADV929": Page(
        "full-host",
        "old addresses for which the host has no room",
        "Pages lead on from plain ones; docs/hosts.md says how much each host takes.",
    ),
    "ADV941": Page(
        "unsound-feed",
        "a feed that cannot be read again as it was meant",
        "Each build reads its own feeds as a reader would: valid, every entry there once and in order, whole addresses, dates.",
    ),
    "ADV943": Page("not-whole", "a folder that is not what its manifest says", "Build it again, or copy the whole folder."),
    "ADV944": Page("strange-file", "a file in a folder that advgen did not write", "It may be meant; nothing is known of it."),
    "ADV942": Page("large-feed", "a feed that is larger than readers take", "Set a smaller window, or leave the texts out."),
    "ADV930": Page("not-imported", "a file that the importer cannot read", "The message says why."),
}
