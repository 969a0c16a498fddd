"""Says where the articles that were read by hand come from, so that figures can be given by origin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from benchmarks.scoring import Counts, Figures, Interval, add, figures, intervals

_REGIONS = {
    "Africa": "af afs alg eg et ghana kenya mauritius nm panaf sa",
    "East Asia": "cn jp kr mong tw",
    "South and South-East Asia": "asia bangladesh in th",
    "Middle East": "iran israel jr kw oman qt saud uae",
    "Latin America": "arg bol chile col cosric cuba ecuador elsalv guyana hond mex nic pan paraguay uruguay",
    "Canada": "canada",
    "Australia and New Zealand": "aus nz",
}
"""The countries of each region, as ids of English Worldwide Newswire name them."""
_OF_COUNTRY = {country: region for region, codes in _REGIONS.items() for country in codes.split()}
LEAST = 60
"""Fewest quotations of a group that is shown: the interval of a smaller one is too wide to say anything."""
KEYS = ("read.speaker", "read.spoken", "read.nobody")


def origin_of(article: str) -> str:
    """Returns where an article comes from, by its id.

    >>> origin_of("world_jp_article_asahi_14"), origin_of("nyt_2016-06-08_durability")
    ('East Asia', 'US politics')
    """
    kind, _, rest = article.partition("_")
    if kind == "extract":
        return "US and British sites"
    return _OF_COUNTRY.get(rest.partition("_")[0], "other countries") if kind == "world" else "US politics"


def by_origin(
    ids: Sequence[str], counts: Sequence[Counts]
) -> Mapping[str, tuple[int, Figures, Mapping[str, Interval]]]:
    """Returns for each origin the number of quotations read, the figures and their intervals.

    Origins with fewer than `LEAST` quotations are put together.

    Args:
        ids: the articles.
        counts: what each of them adds to the figures.
    """
    groups: dict[str, list[Counts]] = {}
    for article, count in zip(ids, counts, strict=True):
        groups.setdefault(origin_of(article), []).append(count)
    small = [name for name, found in groups.items() if add(found)["read_n"] < LEAST]
    if small:
        groups["others"] = [count for name in small for count in groups.pop(name)]
    return {
        name: (add(found)["read_n"], figures(add(found)), intervals(found))
        for name, found in sorted(groups.items())
    }
