"""The classes of words that report speech, by form and lemma; data/indirect.toml lists them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from quoteattr.lexicon import word_list, word_pairs

VERB_CLASSES = (
    "saying",
    "stating",
    "telling",
    "asking",
    "ordering",
    "promising",
    "judging",
    "voicing",
    "thinking",
)
"""The classes of verbs, as data/indirect.toml names them."""
REPORTING = frozenset(VERB_CLASSES) - {"voicing", "thinking"}
"""The classes whose verbs may be the cue of indirect speech."""
_ASKED_FOR = REPORTING - {"judging"}
_NOUN_LIKE = word_list("indirect", "noun_like")
_CLAUSE_OPENERS = word_list("indirect", "clause_openers")
COLON = "colon"
"""The class of a colon after a name: "Ann Lee: Prices will fall"."""
LABEL_WORDS = 8
"""Most words before such a colon."""
ACCORDING = "according"
"""The first word of "according to"."""

_HEARSAY = word_list("indirect", "hearsay")
_NOUNS = word_list("indirect", "nouns")


@cache
def _classes_of_lemmas() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for name in VERB_CLASSES:
        for lemma in word_list("indirect", name):
            found.setdefault(lemma, set()).add(name)
    return {lemma: frozenset(names) for lemma, names in found.items()}


@cache
def verb_classes(form: str, lemma: str) -> frozenset[str]:
    """The classes of a verb of saying or thinking in any of its forms; none for another word.

    Args:
        form: the word as written.
        lemma: its lemma. Parsers return an unknown word unchanged as its lemma, so regular endings are cut
            off, too.

    >>> sorted(verb_classes("urged", "urge")), sorted(verb_classes("told", "told")), verb_classes("go", "go")
    (['ordering'], ['ordering', 'telling'], frozenset({'voicing'}))
    """
    classes, form = _classes_of_lemmas(), form.casefold()
    irregular = word_pairs("indirect", "irregular").get(form, form)
    tries = (lemma.casefold(), irregular, *_stems(form))
    return next((classes[stem] for stem in tries if stem in classes), frozenset())


def _stems(form: str) -> Iterator[str]:
    """The lemmas that a form may have: "urg" and "urge" for "urged", "begg" and "beg" for "begging"."""
    for ending, others in (
        ("ing", ("", "e")),
        ("ied", ("y",)),
        ("ed", ("", "e")),
        ("ies", ("y",)),
        ("es", ("",)),
    ):
        if form.endswith(ending):
            stem = form.removesuffix(ending)
            yield from (stem + other for other in others)
            if stem[-1:] == stem[-2:-1]:
                yield stem[:-1]
    yield form.removesuffix("s")


@cache
def is_cue_noun(form: str) -> bool:
    """Whether a word is a noun of saying, in the singular or plural.

    >>> is_cue_noun("Claims"), is_cue_noun("promise"), is_cue_noun("rain")
    (True, True, False)
    """
    form = form.casefold()
    return form in _NOUNS or form.removesuffix("s") in _NOUNS


def is_hearsay(form: str) -> bool:
    """Whether a word, in small letters, is an adverb such as "reportedly"."""
    return form in _HEARSAY


def may_report(words: Sequence[str]) -> bool:
    """Whether a sentence, as written, may report speech.

    Verbs that judge are no reason to parse a sentence, because few of them report a clause. Nouns, and forms
    of verbs that are most often nouns ("states"), are one only if "that", "to" or the like follows.

    >>> texts = "She said so", "A statement that it rained", "She heard a statement"
    >>> [may_report(text.split()) for text in texts]
    [True, True, False]
    """
    return any(
        _is_cue(word) or (_may_be_noun(word) and not _CLAUSE_OPENERS.isdisjoint(words[at + 1 : at + 3]))
        for at, word in enumerate(words)
    )


@cache
def _is_cue(form: str) -> bool:
    low = form.casefold()
    if low in _NOUN_LIKE:
        return False
    return low == ACCORDING or low in _HEARSAY or not _ASKED_FOR.isdisjoint(verb_classes(low, low))


def _may_be_noun(form: str) -> bool:
    return is_cue_noun(form) or form.casefold() in _NOUN_LIKE
