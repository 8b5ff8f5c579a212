"""The words that an author chooses from, as CSAF 2.0, OSV and CVSS name them; their order is said where it has a meaning."""

from enum import StrEnum


class Kind(StrEnum):
    """What an advisory is about."""

    VULNERABILITY = "vulnerability"
    INCIDENT = "incident"
    NOTICE = "notice"


class Target(StrEnum):
    """A host for which there are files of its own; `none` gets none."""

    NONE = "none"
    GITHUB_PAGES = "github-pages"
    NETLIFY = "netlify"
    CLOUDFLARE_PAGES = "cloudflare-pages"
    VERCEL = "vercel"
    NGINX = "nginx"
    APACHE = "apache"
    CADDY = "caddy"
    S3_CLOUDFRONT = "s3-cloudfront"


class Status(StrEnum):
    """CSAF 2.0 §3.2.1.12.7 `/document/tracking/status`."""

    DRAFT = "draft"
    INTERIM = "interim"
    FINAL = "final"


class Severity(StrEnum):
    """CVSS 3.1 §5, from harmless to worst; `unrated` says that nobody has judged it."""

    UNRATED = "unrated"
    NONE = "none"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"


class ProductStatus(StrEnum):
    """CSAF 2.0 §3.2.3.9, worst first: the state of many rows is that of the first one here."""

    AFFECTED = "affected"
    UNDER_INVESTIGATION = "under_investigation"
    FIXED = "fixed"
    NOT_AFFECTED = "not_affected"


class Justification(StrEnum):
    """Why a product is not affected: CSAF 2.0 §3.2.3.5 flags, OpenVEX `justification`."""

    COMPONENT_NOT_PRESENT = "component_not_present"
    VULNERABLE_CODE_NOT_PRESENT = "vulnerable_code_not_present"
    VULNERABLE_CODE_NOT_IN_EXECUTE_PATH = "vulnerable_code_not_in_execute_path"
    VULNERABLE_CODE_CANNOT_BE_CONTROLLED_BY_ADVERSARY = "vulnerable_code_cannot_be_controlled_by_adversary"
    INLINE_MITIGATIONS_ALREADY_EXIST = "inline_mitigations_already_exist"


class ActionKind(StrEnum):
    """What sort of thing a reader is asked to do; CSAF 2.0 §3.2.3.12.1 remediation categories follow from it."""

    UPDATE = "update"
    CONFIGURE = "configure"
    WORKAROUND = "workaround"
    MITIGATE = "mitigate"
    REPLACE = "replace"
    ROTATE = "rotate"
    VERIFY = "verify"
    CONTACT = "contact"
    WAIT = "wait"
    NO_FIX = "no_fix"
    NONE = "none"
    OTHER = "other"


class ExploitationStatus(StrEnum):
    """CSAF 2.0 §3.2.3.14 threats of the category `exploit_status`, as words."""

    UNKNOWN = "unknown"
    NONE_KNOWN = "none_known"
    PROOF_OF_CONCEPT = "proof_of_concept"
    SUSPECTED = "suspected"
    CONFIRMED = "confirmed"


class RevisionLevel(StrEnum):
    """Whether readers are told again."""

    MAJOR = "major"
    MINOR = "minor"


class CveStatus(StrEnum):
    """Why there is no CVE id."""

    PENDING = "pending"
    NONE = "none"


class CreditType(StrEnum):
    """OSV `credits[].type`, and `anonymous` for who does not want a name here."""

    FINDER = "FINDER"
    REPORTER = "REPORTER"
    ANALYST = "ANALYST"
    COORDINATOR = "COORDINATOR"
    REMEDIATION_DEVELOPER = "REMEDIATION_DEVELOPER"
    REMEDIATION_REVIEWER = "REMEDIATION_REVIEWER"
    REMEDIATION_VERIFIER = "REMEDIATION_VERIFIER"
    TOOL = "TOOL"
    SPONSOR = "SPONSOR"
    OTHER = "OTHER"
    ANONYMOUS = "anonymous"


class ReferenceType(StrEnum):
    """OSV `references[].type`."""

    ADVISORY = "ADVISORY"
    ARTICLE = "ARTICLE"
    DETECTION = "DETECTION"
    DISCUSSION = "DISCUSSION"
    REPORT = "REPORT"
    FIX = "FIX"
    INTRODUCED = "INTRODUCED"
    GIT = "GIT"
    PACKAGE = "PACKAGE"
    EVIDENCE = "EVIDENCE"
    WEB = "WEB"


class Tlp(StrEnum):
    """Traffic Light Protocol 2.0, widest first."""

    CLEAR = "clear"
    GREEN = "green"
    AMBER = "amber"
    AMBER_STRICT = "amber+strict"
    RED = "red"


class Hidden(StrEnum):
    """Why readers may not see an advisory yet."""

    DRAFT = "draft"
    EMBARGOED = "embargoed"
