"""Amazon S3 behind CloudFront: two response headers policies, and a function that finds `index.html` and redirects.

They are handed to CloudFront once, and again when they change (docs/hosts.md). What a file is, S3 is told when it is uploaded: a policy
cannot say it. A function may have 10 KB; what nothing else leads on from comes first.
"""

from collections.abc import Iterator

import msgspec

from advgen.diagnostics import Diagnostic
from advgen.hosting import GENERAL, SHARED, Headers, Hosting, Redirect
from advgen.hosts import Host, exceeded
from advgen.keywords import Target
from advgen.site import File

HOST = Host(Target.S3_CLOUDFRONT, "CloudFront")

_SIZE = 10_000


def files(hosting: Hosting) -> Iterator[File | Diagnostic]:
    """Write them."""
    yield _policy("pages", GENERAL)
    yield _policy("data", tuple({**dict(GENERAL), **dict(SHARED)}.items()))
    redirects = sorted((*hosting.asked, *hosting.plain), key=lambda each: not each.is_needed)
    kept = list(redirects)
    while len(_function(hosting, kept)) > _SIZE:
        kept.pop()
    yield File("cloudfront-function.js", _function(hosting, kept))
    yield from exceeded(HOST, "a function of more than 10 KB", tuple(redirects[len(kept) :]))


def _policy(name: str, headers: Headers) -> File:
    """Write a ResponseHeadersPolicyConfig of the API of CloudFront (2020-05-31)."""
    values = dict(headers)
    told: dict[str, object] = {
        "Name": f"advgen-{name}",
        "SecurityHeadersConfig": {
            "ContentSecurityPolicy": {"Override": True, "ContentSecurityPolicy": values.pop("Content-Security-Policy")},
            "StrictTransportSecurity": {
                "Override": True,
                "AccessControlMaxAgeSec": int(values.pop("Strict-Transport-Security").removeprefix("max-age=")),
            },
            "ContentTypeOptions": {"Override": bool(values.pop("X-Content-Type-Options"))},
            "FrameOptions": {"Override": True, "FrameOption": values.pop("X-Frame-Options")},
            "ReferrerPolicy": {"Override": True, "ReferrerPolicy": values.pop("Referrer-Policy")},
        },
    }
    if origin := values.pop("Access-Control-Allow-Origin", ""):
        told["CorsConfig"] = {
            "AccessControlAllowOrigins": {"Quantity": 1, "Items": [origin]},
            "AccessControlAllowHeaders": {"Quantity": 1, "Items": ["*"]},
            "AccessControlAllowMethods": {"Quantity": 2, "Items": ["GET", "HEAD"]},
            "AccessControlAllowCredentials": False,
            "OriginOverride": True,
        }
    items = [{"Header": header, "Value": value, "Override": True} for header, value in values.items()]
    told["CustomHeadersConfig"] = {"Quantity": len(items), "Items": items}
    return File(f"cloudfront-{name}.json", msgspec.json.format(msgspec.json.encode(told), indent=2) + b"\n")


def _function(hosting: Hosting, redirects: list[Redirect]) -> bytes:
    """Write the function for viewer requests, in the JavaScript runtime 2.0 of CloudFront."""
    lines = [msgspec.json.encode([each.path, dict(each.query), each.target]).decode() for each in redirects]
    bare = [rule.paths for rule in hosting.rules if "." not in rule.paths.rpartition("/")[2] and "*" not in rule.paths]
    return (
        _CODE.replace("OLD", "[\n" + ",\n".join(lines) + "\n]" if lines else "[]")
        .replace("BARE", msgspec.json.encode(bare).decode())
        .encode()
    )


_CODE = """\
const old = OLD;
const files = BARE;

function handler(event) {
  const request = event.request;
  const asked = request.querystring;
  const found = old.find(function (each) {
    return each[0] === request.uri && Object.keys(each[1]).every(function (name) {
      return asked[name] && asked[name].value === each[1][name];
    });
  });
  if (found) {
    return {statusCode: 301, statusDescription: "Moved Permanently", headers: {location: {value: found[2]}}};
  }
  const last = request.uri.split("/").pop();
  if (last === "") {
    request.uri += "index.html";
  } else if (last.indexOf(".") < 0 && request.uri.indexOf("/.well-known/") < 0 && files.indexOf(request.uri) < 0) {
    return {statusCode: 301, statusDescription: "Moved Permanently", headers: {location: {value: request.uri + "/"}}};
  }
  return request;
}
"""
