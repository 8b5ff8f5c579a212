"""Sites with many products: every one is found, and no page is over 200 KB."""

import re

import pytest

from tests.support import CONFIG, built, configuration, make_site, text, tree

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


@pytest.mark.parametrize(
    ("products", "catalogue", "listed"),
    [(250, 0, 250), (251, 0, 0), (251, 250, 250), (251, 3, 3), (600, 251, 0), (1, 1, 1)],
)
def test_where_products_are_too_many_those_of_the_catalogue_are_listed_if_they_are_few(products, catalogue, listed):
    from advgen import slices
    from advgen.settings import Product
    from advgen.site import Frame, Site

    site = Site(Frame(configuration()), (), tuple(Product(f"p{number}") for number in range(catalogue)))
    site.__dict__["by_product"] = {f"p{number}": () for number in range(products)}
    assert len(slices.listed_products(site)) == listed
