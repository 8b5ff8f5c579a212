"""Sites with many products: every one is found, and no page is over 200 KB."""

import re

import pytest

from tests.support import CONFIG, built, make_site, text, tree

PRODUCTS = [f"product-{number:03}" for number in range(520)]
AFFECTED = [{"product": each, "platforms": ["android"], "versions": "before 2.0.0", "fixed": "2.0.0"} for each in PRODUCTS[:3]]


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("many")
    catalogue = "".join(f'[[products]]\nid = "{each}"\nname = "The Product {each[-3:]}"\nplatforms = ["android"]\n' for each in PRODUCTS)
    toml = CONFIG.partition("[[products]]")[0] + catalogue
    title = "The Product 000 writes session tokens to the system log"
    assert built(make_site(folder, {"EX-2026-001": text(title=title, affected=AFFECTED, actions=[{"kind": "update"}])}, toml)).written
    return tree(folder / "output")


def test_the_list_of_products_holds_all_on_pages_that_lead_to_each_other(site):
    pages = [site["products/index.html"].decode(), site["products/page/2/index.html"].decode()]
    found = [name for page in pages for name in re.findall(r'<th scope="row"><a href="(?:\.\./)+products/([^/]+)/"', page)]
    assert found == PRODUCTS
    assert 'rel="next" href="../products/page/2/"' in pages[0]
    assert 'rel="prev" href="../../../products/"' in pages[1]


def test_other_pages_lead_there_and_name_none_of_them(site):
    for path in ("index.html", "feeds/index.html"):
        page = site[path].decode()
        assert "products/product-" not in page, path
        assert re.search(r'href="(?:\.\./)*products/"', page), path
    assert '<select name="product">' not in site["index.html"].decode()


def test_no_page_is_over_200_kb(site):
    assert {path: len(data) for path, data in site.items() if path.endswith(".html") and len(data) > 200_000} == {}


def test_few_products_can_be_chosen(tmp_path):
    assert built(make_site(tmp_path)).written
    page = (tmp_path / "output/index.html").read_text()
    assert '<option value="player" data-page="products/player/" data-count="1">Example Player</option>' in page
