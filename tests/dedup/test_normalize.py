"""Folding: what may not depend on where the blanks are."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from quoteattr.dedup import normalize
from quoteattr.dedup.token_spans import TokenSpans
from quoteattr.dedup.vocabulary import GAP_CHAR, Vocabulary

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
        (token, m.span())
        for m in normalize.TOKEN.finditer(text)
        for token in normalize.normalize_token(m.group())
    ]
    assert normalize.normalized_tokens(text) == [token for token, _ in matches]
    spans = [span for _, span in matches]
    assert normalize.token_offsets(text) == spans
    words = Vocabulary()
    found = TokenSpans(text, words.encode_texts([text])[0].strip(GAP_CHAR), words)
    assert [found.offsets(n, n + 1) for n in range(len(found.string))] == spans
    if spans:
        assert found.offsets(0, len(spans)) == (spans[0][0], spans[-1][1])
        assert found.offsets(0, 0) == (spans[0][0],) * 2
        assert found.offsets(len(spans), len(spans)) == (spans[-1][1],) * 2
