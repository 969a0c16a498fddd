"""The rules that find indirect speech. Each reads one word of saying in its sentence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from quoteattr.indirect.cue_words import ACCORDING, COLON
from quoteattr.indirect.report import CueSite, Report
from quoteattr.lexicon import word_list
from quoteattr.parsing.dependency_tree import Sentence, Word
from quoteattr.parsing.predicates import SUBJECT, has_case, is_nominal

_OPENERS = word_list("indirect", "openers")
_CLAUSE = ("ccomp",)
_LOOSE = ("ccomp", "parataxis", "root", "conj", "advcl")
"""Relations of a clause before "he said" to whatever governs it."""


def clause_after(site: CueSite) -> Report | None:
    """The clause that a verb of saying governs: "Ann Lee said |prices would fall|"."""
    clause = _after(site, site.sentence.children(site.cue, *_CLAUSE))
    if clause is None or "nouns" in site.classes:
        return None
    return Report(clause_words(site, clause), site.agent(after=True))


def infinitive_after(site: CueSite) -> Report | None:
    """The infinitive after a verb of asking or promising: "Ann Lee promised |to leave|". If it says what
    another is to do, with the words for him: "Ann Lee asked |them to leave|"."""
    if site.classes.isdisjoint(("ordering", "promising", "saying")):
        return None
    clauses = site.sentence.children(site.cue, "xcomp", "ccomp", "advcl")
    clause = _after(site, (c for c in clauses if _is_infinitive(site.sentence, c)))
    if clause is None:
        return None
    asked = _after(
        site, (w for w in site.sentence.children(site.cue, "obj", "iobj") if w.index < clause.index)
    )
    words = clause_words(site, clause)
    if asked is not None and words:
        words = site.sentence.words[site.sentence.subtree(asked)[0].index : words[0].index] + words
    return Report(words, site.agent(after=True))


def noun_clause(site: CueSite) -> Report | None:
    """The clause of a noun of saying: "Ann Lee’s claim that |prices would fall|"."""
    if "nouns" not in site.classes:
        return None
    sentence = site.sentence
    clauses = sentence.children(site.cue, "acl", "ccomp")
    clause = _after(site, (c for c in clauses if c.deprel != "acl:relcl" and _is_introduced(site, c)))
    return None if clause is None else Report(clause_words(site, clause), noun_source(site))


def according_to(site: CueSite) -> Report | None:
    """The clause around “according to”: "|Prices will fall|, according to Ann Lee"."""
    if ACCORDING not in site.classes:
        return None
    sentence = site.sentence
    noun = sentence.head(site.cue)
    if noun is None or not is_nominal(noun):
        noun = next((w for w in sentence.words[site.cue.index + 2 :] if is_nominal(w)), None)
    if noun is None:
        return None
    phrase = {w.index for w in sentence.subtree(noun) if w.index >= site.cue.index}
    above = next((w for w in sentence.ancestors(noun) if _heads_clause(sentence, w)), None)
    if above is None:
        return None
    inside = [w for w in sentence.subtree(above) if w.index not in phrase]
    return Report(trimmed(site, inside), noun)


def after_label(site: CueSite) -> Report | None:
    """The words after a name and a colon: "Ann Lee: |Prices will fall|"."""
    if COLON not in site.classes:
        return None
    colon = site.cue.index
    nouns = [w for w in site.sentence.words[:colon] if w.upos in ("PROPN", "NOUN")]
    inner = {w.index for w in nouns}
    head = next((w for w in nouns if w.head not in inner), nouns[-1])
    return Report(trimmed(site, site.sentence.words[colon + 1 :]), head)


def clause_before(site: CueSite) -> Report | None:
    """The clause before or around a verb of saying: "|Prices would fall|, Ann Lee said"."""
    sentence, cue = site.sentence, site.cue
    if site.classes.isdisjoint(("saying", "stating")) or sentence.child(cue, "mark"):
        return None
    said = _clause_before(sentence, cue)
    if said is None:
        return None
    aside = {w.index for w in sentence.subtree(cue, skip=lambda w: w.index == said.index)}
    if said.index in aside:
        aside -= {w.index for w in sentence.subtree(said)}
    whole = sentence.subtree(said, skip=lambda w: w.index == cue.index)
    return Report(trimmed(site, (w for w in whole if w.index not in aside)), site.agent(after=False))


def _clause_before(sentence: Sentence, cue: Word) -> Word | None:
    """The head of a clause before a cue, which governs it or is governed by it."""
    below = next((c for c in sentence.children(cue, *_LOOSE) if c.index < cue.index), None)
    if below is not None and _heads_clause(sentence, below):
        return below
    above = sentence.head(cue)
    if above is None or cue.deprel not in ("parataxis", "ccomp", "conj", "advcl", "appos", "dep"):
        return None
    first = min(w.index for w in sentence.subtree(cue))
    comma = sentence.words[first - 1].text if first else ""
    is_aside = cue.deprel == "parataxis" or comma in (",", "—", "–", "-")
    return above if above.index < cue.index and is_aside and _heads_clause(sentence, above) else None


def _heads_clause(sentence: Sentence, word: Word) -> bool:
    return word.upos in ("VERB", "AUX") or bool(sentence.children(word, *SUBJECT, "cop"))


def _is_introduced(site: CueSite, clause: Word) -> bool:
    """Whether a clause after the cue begins with "that", "whether", "to" or the like."""
    after = next((w for w in site.sentence.subtree(clause) if w.index > site.cue.index), clause)
    return after.upos == "SCONJ" or after.deprel == "mark"


def _is_infinitive(sentence: Sentence, clause: Word) -> bool:
    return any(w.text.lower() == "to" and w.index < clause.index for w in sentence.children(clause, "mark"))


def _after(site: CueSite, clauses: Iterable[Word]) -> Word | None:
    return next((clause for clause in clauses if clause.index > site.cue.index), None)


def clause_words(site: CueSite, clause: Word) -> tuple[Word, ...]:
    """The words of a clause after the cue, without "that"."""
    return trimmed(site, (w for w in site.sentence.subtree(clause) if w.index > site.cue.index))


def trimmed(site: CueSite, words: Iterable[Word]) -> tuple[Word, ...]:
    """Words without marks and conjunctions at their edges: without "that" and "but", but with "to"."""
    found: Sequence[Word] = list(words)
    while (
        found
        and (found[0].upos == "PUNCT" or found[0].text.lower() in _OPENERS)
        and not _keeps(site, found[0])
    ):
        found = found[1:]
    while found and found[-1].upos == "PUNCT" and not _keeps(site, found[-1]):
        found = found[:-1]
    return tuple(found)


def _keeps(site: CueSite, word: Word) -> bool:
    return site.is_quoted(word)


def noun_source(site: CueSite) -> Word | None:
    """The person of a noun of saying: its possessor, or the subject of the verb that it depends on."""
    sentence, noun = site.sentence, site.cue
    owner = sentence.child(noun, "nmod:poss")
    if owner is not None:
        return owner
    by = next((w for w in sentence.children(noun, "nmod") if has_case(sentence, w, "by", "from", "of")), None)
    if by is not None:
        return by
    verb = sentence.head(noun)
    if verb is None or noun.deprel not in ("obj", "obl", "xcomp"):
        return None
    return sentence.child(verb, "nsubj")
