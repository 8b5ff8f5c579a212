"""The rules about words: which sentences of real notices they hear, and which they leave alone."""

from functools import lru_cache

import pytest
import yaml

from advgen import check
from advgen.diagnostics import Source
from advgen.parse import parse
from tests.support import MISSING, configuration, parsed

INCIDENT = {
    "detected": "2026-11-18",
    "occurred": "2026-11-17",
    "contained": "2026-11-18",
    "accessed": ["e-mail addresses"],
    "users_affected": 12,
    "not_accessed": ["passwords"],
    "basis": "The access log covers every read of both tables since March.",
    "consequences": "You may get mail that pretends to come from us.",
    "measures_taken": ["We closed the account."],
    "measures_planned": ["Second factors for all staff."],
    "authorities": ["none"],
    "contact_channels": ["We write from security@example.com and never ask for a password."],
}
NOTICE = {
    "title": "Somebody read e-mail addresses in the shop",
    "published": "2026-11-20",
    "summary": "Somebody who is not entitled to it read the e-mail addresses of twelve customers in October.",
    "cause": "A token was committed to a public repository.",
    "actions": [{"kind": "rotate", "platforms": ["all"], "text": "Change your password in the settings."}],
}
SILENT = {"basis": "unknown", "not_accessed": "unknown", "users_affected": {"unknown": "We still count."}}
"""An incident of which neither the number nor how anything is known is said, so that every sentence about these stands alone."""


def notice(body="", incident=(), **changes):
    """The codes of what is found in a valid notice with some things changed."""
    fields = {**NOTICE, "incident": {**INCIDENT, **dict(incident)}, **changes}
    fields["incident"] = {key: value for key, value in fields["incident"].items() if value is not None}
    head = yaml.safe_dump(
        {key: value for key, value in fields.items() if value is not None}, sort_keys=False, allow_unicode=True, width=900
    )
    read = parse(Source("advisories/EX-2026-001.md", f"---\n{head}---\n\n{body}\n".encode()))
    assert not read.diagnostics, read.diagnostics
    return check.advisory(read, settings()).diagnostics


@lru_cache(1)
def settings():
    return configuration()


def codes(found):
    return {problem.code for problem in found}


def test_the_notice_that_the_others_are_made_from_has_no_problem():
    assert not notice("We closed the hole.")
    assert not notice("We closed the hole.", SILENT)


SAYS_NOTHING = r"""
We believe that no Social Security numbers were exposed.
We do not believe that any content was accessed.
We don't believe any content was accessed.
We are not aware of any misuse of your data.
We are not aware of any reports of identity fraud.
The firm is unaware of any actual or attempted misuse of the information.
We have not received any reports of misuse.
Our investigation did not find evidence of access to data.
There is no definitive evidence that the key has been compromised.
There is no known misuse of data.
We know of no misuse.
We have no knowledge of any misuse.
We have no evidence your password was used.
We have not confirmed that your card information has been compromised.
We have no evidence that medical records were accessed.
We have no evidence that backups were accessed.
We have no evidence that your audit data was accessed.
We have no evidence that the logs of chats were read or data stolen.
There is no evidence that scanned passports were accessed.
There is no evidence that data has been misused since.
There is no evidence that data was taken between them.
Until now there is no evidence of misuse.
Our review is over, and there is no evidence of misuse.
We have no indication that any of this data was viewed, modified, or copied.
Nothing suggests that data was accessed.
We take the security of your data seriously.
We did, do and will continue to take the security of the project very seriously.
The security of your data is a matter Example takes very seriously.
We are treating this matter with the utmost seriousness.
Keeping your data whole is extremely important to us.
Your security is very important to us.
Security is our priority.
Protecting your information is our highest priority.
Out of abundance of caution, we notify all.
To err on the side of safety, we have disabled your password.
To err on the side of caution, we reset it.
Please be assured that we will help you.
We can say that your data is safe.
There is no cause for concern.
There is no need to panic.
This is part of our ongoing commitment to the security of personal information.
We are committed to protecting the confidentiality of your data.
Example values your business and the privacy of your information.
We are working around the clock.
In the spirit of transparency, we share this.
We are doing everything in our power to prevent this.
We set a very high bar for how we serve our community.
Passwords were strongly encrypted.
Passwords are adequately secure.
We have robust security.
We have industry standard encryption.
A leading outside security firm helps us.
Despite the extensive security practices we use to protect our platforms, this happened.
Despite maintaining critical infrastructure with the most recent software and security updates, it happened.
The attackers were extremely sophisticated.
This was a sophisticated, targeted attack.
These were sophisticated hackers.
This appears to be an isolated event.
We apologise profusely for this security breach and the inconvenience caused to our customers.
We sincerely regret any inconvenience it may cause you.
We regret the inconvenience.
Sorry for the inconvenience.
We\u2019re sorry for the inconvenience.
A subset of customers' license keys was taken.
A portion of our customers is affected.
They took a limited amount of data.
A handful of customers wrote to us.
A few users wrote to us.
A minority of users is affected.
In limited instances, passports were taken.
It happened in rare cases.
The security of your account is of the\nutmost importance to us.
We take your security\nvery seriously.
Out of an abundance\nof caution, we write.
Rest\u00a0assured, it is over.
A small number\nof users is affected.
We found no\n  evidence that data was accessed.
"""
SAYS_SOMETHING = r"""
Please take this seriously: change your password today.
Take this warning seriously and change your password.
Nobody had taken the report of the researcher seriously.
We did not take the report seriously enough, and lost two days.
The reports were taken seriously only on Monday.
This was not a sophisticated attack: the password was in a public file.
It was not an isolated incident: it had happened twice before.
A token was committed to the security team's repository.
An engineer was committed to maintaining the old server.
Changing your password is the first priority today.
Our top priority is to reset the passwords.
Without evidence of an attack we had not looked.
We have no logs from before May, so we have no evidence either way whether data was accessed.
The logs since March show no evidence that data was accessed.
We read all requests of the account since January and found no evidence that data was taken.
We have examined the code of both servers and found no sign of any malicious change.
A review of all access logs found no evidence of access to data.
A small number of users, twelve, are affected.
A small number (12) of users is affected.
Only a limited number of accounts, 12 in total, were read.
For a more limited number of people, approximately 310 in total, it was more.
The small number of employees that have access, four, were asked.
The industry standard for such measures is PCI DSS.
Passwords are hashed with bcrypt, an industry standard practice.
Check whether your data is safe with the form below.
The passwords were not adequately protected: they were hashed with MD5.
We are sorry.
"""
SELLS = r"""
Please consider contributing, or donate through Patreon.
Be sure to join our [Discord community](https://discord.gg/x) for the latest.
Follow us on Twitter.
Try our new password manager.
Learn\nmore about our plan.
"""
DOES_NOT_SELL = r"""
Ignore mails that promise a discount: they are fraud.
Do not click buy now in those mails.
The special offer mails that you got came from the attacker.
Sign up for free credit monitoring by calling 555.
Sign up for alerts at Have I Been Pwned.
Read more about our investigation in the FAQ.
Learn more about the new login page under Help.
They read the names of people who donate to us.
"""
PROMISES = r"""
Our investigation of that incident is ongoing.
Our internal investigation is still ongoing.
We are continuing to investigate the incident.
We are still investigating how it happened.
We will update this page as we learn more.
Stay tuned for more updates.
We will keep you informed of any developments.
More information will follow.
We will provide an update next week.
We do not know yet how they got in.
There is no way to know if the attacker took the accounts.
The review of the files has been time-intensive and continues.
We are in the process of making appropriate disclosures.
"""
PROMISES_NOTHING = r"""
Our investigation is complete.
While our investigation was ongoing, we closed the account.
We do not know who they were, and do not expect to learn it.
The app will update itself.
You will get a letter with your new key.
We will write to each of you.
"""


def lines(text):
    r"""The sentences of a table; in them `\n` is a line break."""
    return [line.encode("ascii").decode("unicode_escape") for line in text.strip().split("\n")]


@pytest.mark.parametrize(
    ("code", "sentences", "fires"),
    [
        ("ADV702", SAYS_NOTHING, True),
        ("ADV702", SAYS_SOMETHING, False),
        ("ADV705", SELLS, True),
        ("ADV705", DOES_NOT_SELL, False),
        ("ADV812", PROMISES, True),
        ("ADV812", PROMISES_NOTHING, False),
    ],
)
def test_of_a_sentence_in_a_body(code, sentences, fires):
    found = {sentence: codes(notice(f"{sentence} We closed the hole.", SILENT)) for sentence in lines(sentences)}
    assert [sentence for sentence, its in found.items() if (code in its) != fires] == []
    if not fires:
        assert {sentence: its for sentence, its in found.items() if its} == {}


LEADS = """
An unauthorized third party obtained access to a limited amount of personal information for a portion of our customers.
We were recently hacked, and user account information may have been stolen from the site of the blog.
Somebody potentially accessed the e-mail addresses of our customers in October, from the shop database.
Potentially affected individuals had their e-mail addresses read by somebody who is not entitled to it.
A subset of users had their e-mail addresses read by somebody who is not entitled to it, in October 2022.
A few users had their e-mail addresses read by somebody who is not entitled to it, in October 2022 in Oslo.
An unauthorized actor gained access to parts of our network from November 11 to November 26, 2022.
An unauthorized party was able to gain access to certain elements of our customers' information in October.
Somebody read the e-mail addresses of some users in October 2022, from the database of our shop.
"""
PLAIN_LEADS = """
How many users this touches is not known; somebody read e-mail addresses in October 2022, from the shop.
As many customers know, somebody read the e-mail addresses of twelve of you in October 2022, from the shop.
We do not know whether some of our users also had passwords read by somebody who is not entitled to it.
Some 1,200 users had their e-mail addresses read by somebody who is not entitled to it, in October 2022.
"""


@pytest.mark.parametrize("incident", [{}, SILENT], ids=["known", "unknown"])
def test_a_vague_summary_is_told_once(incident):
    for sentence in lines(LEADS):
        found = [problem for problem in notice("We closed the hole.", incident, summary=sentence) if problem.code in ("ADV702", "ADV703")]
        assert found, sentence
        assert len({problem.span for problem in found}) == len(found), sentence
    for sentence in lines(PLAIN_LEADS):
        assert not notice("We closed the hole.", incident, summary=sentence), sentence


def test_a_number_of_people_is_no_number_of_what_they_own():
    assert not notice("A small number of users was told. A small number of our users, too.")
    assert codes(notice("A small number of licence keys was stolen, too.")) == {"ADV702"}
    assert codes(notice("A small number of employees' passports was copied, too.")) == {"ADV702"}


@pytest.mark.parametrize(
    ("entry", "fires"),
    [
        ("certain files on the organization's network", True),
        ("Data on one of the servers providing downloads of Example 1.0.7 for Mac", True),
        ("more extensive account details", True),
        ("more extensive account details for a subset of customers", True),
        ("certain customer support systems", True),
        ("certain elements of customer information", True),
        ("information about some customers", True),
        ("data of one user", True),
        ("protected health information", True),
        ("personally identifiable information (PII)", True),
        ("PII", True),
        ("financial information", True),
        ("medical information", True),
        ("contact information", True),
        ("parts of our database", True),
        ("metadata", True),
        ("documents", True),
        ("unauthorized access", True),
        ("our systems", True),
        ("TBD", True),
        ("n/a", True),
        ("Unknown", True),
        ("none", False),
        ("source code", False),
        ("names and e-mail addresses of 1,912 people who had asked our support for help", False),
        ("additional personal information, including name and date of birth", False),
        ("contact information: telephone numbers and addresses", False),
        ("the text of their requests, and of our answers", False),
    ],
)
def test_data_are_named_by_their_kind(entry, fires):
    assert ("ADV801" in codes(notice(incident={"accessed": [entry], "not_accessed": ["backups"]}))) == fires


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        *(("basis", text, "ADV802") for text in ("n/a", "none", "tbd", "?", "-", "Not yet known.", "under investigation", "See above.")),
        ("basis", "This notice does not say.", "ADV802"),
        ("basis", "Based on our investigation.", "ADV802"),
        ("basis", "unknown", "ADV802"),
        ("not_accessed", ["TBD"], "ADV802"),
        ("not_accessed", ["unknown"], "ADV802"),
        ("not_accessed", ["none"], ""),
        ("users_notified", "TBD", "ADV807"),
        ("users_notified", "Each of them got a letter.", ""),
        ("users_notified", None, ""),
        ("consequences", "n/a", "ADV808"),
        ("consequences", "None.", "ADV808"),
        ("consequences", "unknown", ""),
        ("consequences", "There has been no financial loss to any customers as a result of the incident.", "ADV808"),
        ("consequences", "We know of no increased risk.", "ADV808"),
        ("consequences", "Nobody lost money so far; somebody may try your password elsewhere.", ""),
        ("measures_taken", ["TBD"], "ADV809"),
        ("measures_taken", ["We took additional security precautions."], "ADV809"),
        ("measures_taken", ["We repaired the damage and strengthened our protections against hackers."], "ADV809"),
        ("measures_taken", ["We strengthened our protections by asking for a second factor."], ""),
        ("measures_planned", ["We will continue to monitor the security of our networks on a 24/7 basis."], "ADV809"),
        ("measures_planned", ["none"], ""),
        ("measures_planned", "unknown", ""),
        ("authorities", ["the relevant authorities"], "ADV810"),
        ("authorities", ["Law enforcement"], "ADV810"),
        ("authorities", ["n/a"], "ADV810"),
        ("authorities", ["The data protection authority of Norway"], ""),
        ("authorities", "unknown", ""),
        ("contact_channels", ["none"], "ADV811"),
        ("contact_channels", ["Your account team"], "ADV811"),
        ("contact_channels", {"unknown": "The office moves."}, ""),
    ],
)
def test_a_field_that_is_filled_with_nothing_is_told_at_its_text(field, value, code):
    found = [problem for problem in notice(incident={field: value}) if problem.code != "ADV702"]
    assert [problem.code for problem in found] == ([code] if code else [])
    for problem in found:
        assert problem.level.value in ("warning", "note")
        assert problem.excerpt.strip()[:4].strip("- ") in f"{field}: {value}", problem


@pytest.mark.parametrize(
    "incident",
    [
        {"not_accessed": "unknown", "basis": None},
        {"accessed": {"unknown": "The files are encrypted."}, "basis": None},
        {"accessed": {"unknown": "The files are encrypted."}, "not_accessed": None, "basis": None},
        {"accessed": ["none"], "not_accessed": None, "basis": None, "users_affected": 0, "consequences": "None."},
    ],
)
def test_what_cannot_be_known_asks_for_no_basis(incident):
    assert not notice(incident=incident)


@pytest.mark.parametrize(
    ("cause", "fires"),
    [
        ("unknown", True),
        ("Not yet known.", True),
        ("TBD", True),
        ("We are still investigating.", True),
        ("A cyber attack.", True),
        ("We were hacked.", True),
        ("An unauthorized third party gained access to our systems.", True),
        ("An attacker was able to use a software vulnerability to gain access.", True),
        ("An unauthorized third party gained access with the password of a former supplier.", False),
        ("A vulnerability in the forum's upload form let an attacker run code.", False),
        ("A customer support employee was socially engineered by phone.", False),
    ],
)
def test_a_cause_says_how(cause, fires):
    assert codes(notice(cause=cause)) == ({"ADV804"} if fires else set())


def test_an_open_cause_is_told_only_where_no_more_will_come():
    assert not notice(cause="unknown", next_update="2999-01-01")
    assert not notice("Our investigation is ongoing.", cause="under investigation", next_update="2999-01-01")
    assert codes(notice(cause="TBD", next_update="2999-01-01")) == {"ADV804"}


def test_a_missing_cause_is_told_at_the_incident():
    [problem] = notice(cause=None)
    assert (problem.code, problem.excerpt) == ("ADV804", "incident:")


def test_no_time_for_the_next_update_has_a_reason():
    assert codes(notice(cause="under investigation", next_update="unknown")) == {"ADV805"}
    assert not notice(cause="under investigation", next_update={"unknown": "It depends on the police."})


def test_a_last_word_that_knows_nothing_is_told():
    nothing = dict.fromkeys(INCIDENT, "unknown") | {name: {"unknown": "No logs."} for name in ("accessed", "users_affected")}
    assert "ADV814" in codes(notice(cause="unknown", incident=nothing))
    assert not notice(incident={"occurred": "unknown", "measures_planned": "unknown", **SILENT})


@pytest.mark.parametrize(
    ("title", "fires"),
    [
        ("Security Incident Disclosure", True),
        ("Security update", True),
        ("Notice of Data Breach", True),
        ("November 3 data security incident", True),
        ("Notice of Data Privacy Incident", True),
        ("Somebody read e-mail addresses in the shop", False),
        ("Security incident at the Example shop", False),
        ("Notice of a breach of our support system", False),
    ],
)
def test_a_title_names_something(title, fires):
    assert codes(notice(title=title)) == ({"ADV102"} if fires else set())


@pytest.mark.parametrize(
    ("text", "fires"),
    [
        ("Be wary of unsolicited mails.", True),
        ("Review your account statements.", True),
        ("Take steps to protect your personal information, should you feel it appropriate.", True),
        ("Remain vigilant by reviewing account statements and monitoring your credit reports.", True),
        ("Take these steps: open the settings, and sign out everywhere.", False),
        ("Review your account statements of May. Call your bank about a payment to Example Ltd.", False),
    ],
)
def test_an_action_can_be_done(text, fires):
    assert codes(notice(actions=[{"kind": "other", "platforms": ["all"], "text": text}])) == ({"ADV603"} if fires else set())


@pytest.mark.parametrize(
    ("written", "line", "words"),
    [
        (
            "summary: >-\n  Somebody read the addresses of twelve of\n  you. Rest assured that it is over, and that we know it.",
            3,
            "Rest assured",
        ),
        ("summary: >-\n  Somebody read the e-mail addresses of twelve of you. Rest\n  assured that it is over.", 2, "Rest"),
        (
            "summary: |-\n  Somebody read the e-mail addresses of twelve of you. We\n  regret any inconvenience.",
            3,
            "regret any inconvenience",
        ),
        ("summary: 'Somebody read the addresses of twelve of\n  you. Rest assured that it is over.'", 2, "Rest assured"),
        ("summary: Somebody read the addresses of twelve of\n  you. Rest\u00a0assured that it is over.", 2, "Rest\u00a0assured"),
    ],
)
def test_words_are_told_on_their_line(written, line, words):
    head = yaml.safe_dump({key: value for key, value in {**NOTICE, "incident": INCIDENT}.items() if key != "summary"}, sort_keys=False)
    read = parse(Source("advisories/EX-2026-001.md", f"---\n{written}\n{head}---\n".encode()))
    [problem] = check.advisory(read, settings()).diagnostics
    assert (problem.code, problem.span.line, problem.span.end_line) == ("ADV702", line + 1, line + 1)
    assert problem.excerpt[problem.span.column - 1 : problem.span.end_column - 1] == words


@pytest.mark.parametrize(
    ("body", "line", "words"),
    [
        ("We closed it.\n\nWe  take\nyour security\nvery seriously.", 2, "We  take"),
        ("We closed the hole, and\n  out of an\nabundance of caution we write.", 1, "out of an"),
    ],
)
def test_words_of_a_body_are_told_on_their_line(body, line, words):
    [problem] = notice(body)
    assert problem.excerpt == body.split("\n")[line]
    assert problem.excerpt[problem.span.column - 1 : problem.span.end_column - 1] == words


def test_a_group_for_a_text_says_how_a_text_is_written():
    [problem] = parsed(affected=MISSING, severity=MISSING, incident=INCIDENT | {"basis": {"unknown": "No logs."}}).diagnostics
    assert (problem.code, "write it as text" in problem.help) == ("ADV012", True)


@pytest.mark.parametrize("words", ["TODO", "TBD", "n/a", "To be done."])
def test_an_action_that_is_still_to_be_written_is_none(words):
    read = parsed(actions=[{"kind": "configure", "platforms": ["android"], "text": words}])
    assert "ADV108" in [problem.code for problem in check.advisory(read, configuration()).diagnostics]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("We will say more. TODO: ask Kim.", "ADV108"),
        ("Lorem ipsum dolor sit amet.", "ADV108"),
        ("It began on [insert date].", "ADV108"),
        ("<<<<<<< HEAD\nOne\n=======\nTwo\n>>>>>>> main", "ADV108"),
        ("Update to 4.1.9.", "ADV710"),
        ("Install 4.1.9 or later.", "ADV710"),
        ("Version 4.1.9 has the fix.", "ADV710"),
        ("Example Player 4.3.0 and earlier is affected.", "ADV710"),
    ],
)
def test_the_text_is_finished_and_agrees_with_the_rows(body, code):
    assert code in [problem.code for problem in check.advisory(parsed(body), configuration()).diagnostics]


@pytest.mark.parametrize(
    "body",
    [
        "The `TODO` app is not affected.",
        "See [your account](https://example.com).",
        "Update to 4.2.1.",
        "LibTiff 4.3.0 and earlier is affected.",
    ],
)
def test_what_is_finished_and_agrees_is_not_told(body):
    assert not {"ADV108", "ADV710"} & {problem.code for problem in check.advisory(parsed(body), configuration()).diagnostics}


@pytest.mark.parametrize(
    ("summary", "fires"),
    [
        ("Any app with log access can read the token. It has been exploited since 15 November 2026.", True),
        ("Any app with log access can read the token. As far as we know it has not been exploited by anybody.", False),
    ],
)
def test_a_summary_that_speaks_of_attacks_agrees_with_what_is_known(summary, fires):
    told = check.advisory(parsed(summary=summary), configuration()).diagnostics
    assert ("ADV707" in [problem.code for problem in told]) == fires


@pytest.mark.parametrize("words", ["Click here", "Please update.", "Apply the patch.", "Contact support.", "Update as soon as possible."])
def test_an_action_that_nobody_can_do_is_told(words):
    read = parsed(actions=[{"kind": "configure", "platforms": ["android"], "text": words}])
    assert "ADV603" in [problem.code for problem in check.advisory(read, configuration()).diagnostics]
