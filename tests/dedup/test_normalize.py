"""Folding: what may not depend on where the blanks are."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from quoteattr.dedup import normalize
from quoteattr.dedup.alignment import GAP_CHAR, Vocabulary
from quoteattr.dedup.token_spans import Tokens

PIECES = st.sampled_from(
    [
        *(
            "per",
            "cent",
            "Per",
            "per cent",
            "super",
            "20per",
            "20%",
            "5m",
            "3.5",
            "centimetre",
            "\N{WORD JOINER}",
        ),
        *(" ", "  ", "\n", "\N{NO-BREAK SPACE}", ".", " . .", "..", "…", "[", "]", "(", ")", ",", "-", "_"),
        *(
            "won’t",
            "it´s",
            "'",
            "’",
            "Zoë",
            "e\N{COMBINING ACUTE ACCENT}",
            "\N{SOFT HYPHEN}",
            "[sic]",
            "organised",
        ),
    ]
)


@given(st.lists(PIECES, max_size=12).map("".join))
def test_blanks_only_cut_where_no_token_goes_over_them(text: str) -> None:
    matches = [
        (token, m.span()) for m in normalize.TOKEN.finditer(text) for token in normalize.fold(m.group())
    ]
    assert normalize.tokens(text) == [token for token, _ in matches]
    spans = [span for _, span in matches]
    assert normalize.places(text) == spans
    words = Vocabulary()
    found = Tokens(text, words.of_text(text).strip(GAP_CHAR), words)
    assert [found.bounds(n, n + 1) for n in range(len(found.full))] == spans
    if spans:
        assert found.bounds(0, len(spans)) == (spans[0][0], spans[-1][1])
        assert found.bounds(0, 0) == (spans[0][0],) * 2
        assert found.bounds(len(spans), len(spans)) == (spans[-1][1],) * 2
