"""What the host of the site is told: the headers of its files, and where old addresses lead."""

from collections.abc import Iterator

from advgen import hosting, hosts, registry, urls
from advgen.diagnostics import Diagnostic
from advgen.hosts import Host
from advgen.listings import Drawn, Listing
from advgen.site import File, Site

LISTING = Listing("host_files", once=True)


def listing(site: Site, _drawn: Drawn) -> Iterator[File | Diagnostic]:
    """Write them; a `.nojekyll` of the site's own is as good as ours."""
    if urls.NO_JEKYLL not in site.frame.static:
        yield File(urls.NO_JEKYLL)
    for module, host in registry.members(hosts, "HOST"):
        if isinstance(host, Host) and host.target is site.frame.config.deploy.target:
            yield from module.files(hosting.of(site))
