"""Decides on the cue and the mention of each quotation of an article.

Local rules read one quotation in its frame. Rules of context read what was found for the quotations nearby.
Each rule proposes an answer or returns None. If the first answer comes from a certain rule (`Rule.certain`),
it is final. Otherwise a ranker chooses among all proposed answers and the noun phrases nearby.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import attrs

from quoteattr.attribution.cues import ALL_KINDS, cue_span, is_cue
from quoteattr.attribution.finding import Finding
from quoteattr.attribution.noun_phrases import antecedent_of, mention_of
from quoteattr.attribution.ranker import Phrase, phrases_around, probabilities
from quoteattr.attribution.ranker_features import Candidate
from quoteattr.attribution.registry import CONTEXT, LOCAL, NOBODY, RANKED, RANKER_ONLY
from quoteattr.attribution.rule import Rule
from quoteattr.attribution.rules.context import Context
from quoteattr.attribution.setting import Setting
from quoteattr.layout import has_letter
from quoteattr.lexicon import cue_nouns
from quoteattr.schema import Mention, Span

_CERTAIN = {rule.name: rule.certain for rule in LOCAL if rule.certain is not None}


def find_cues(settings: Sequence[Setting]) -> list[Finding]:
    """Attributes quotations: finds the cue and the mention of every quotation of an article. This is the
    whole attribution stage.

    Args:
        settings: the article's quotations in order, as `make_settings` returns them.

    Returns:
        For each quotation, in order, a finding with the rule that proposed it and its probability. If nobody
        speaks the quotation, the finding has no mention.
    """
    findings: list[Finding] = []
    for context in make_contexts(settings):
        chosen = _chosen(context)
        if chosen.follows is not None and chosen.follows < len(findings):
            leader = findings[chosen.follows]
            if leader.mention is not None:
                chosen = attrs.evolve(chosen, mention=leader.mention, antecedent=leader.antecedent)
        findings.append(chosen)
    return findings


def make_contexts(settings: Sequence[Setting]) -> list[Context]:
    """Returns the context of each quotation: itself and what the rules alone find for all quotations."""
    proposed = [list(_proposals(LOCAL, setting)) for setting in settings]
    findings = [local[0] if local else Finding() for local in proposed]
    for number, finding in enumerate(findings):
        if finding.rule is None:
            context = Context(number, settings, findings, proposed)
            findings[number] = next(_proposals(CONTEXT, context), finding)
    names = Counter(_last_names(findings))
    return [Context(number, settings, findings, proposed, names) for number in range(len(settings))]


def _proposals(rules: Iterable[Rule[Any]], case: Setting | Context) -> Iterator[Finding]:
    """Yields the answers of the rules. Leaves out answers whose mention has no letters, and answers whose cue
    is a quotation mark that was added to the frame."""
    found = (finding for rule in rules if (finding := rule.propose(case)) is not None)
    return (f for f in found if _has_letters(f) and (f.cue is None or f.cue.text))


def _last_names(findings: Iterable[Finding]) -> Iterator[str]:
    """Yields the last word of each speaker's name."""
    for finding in findings:
        if finding.mention is not None and finding.mention.kind == "name":
            yield _last_word(finding.mention)


def _last_word(mention: Mention) -> str:
    return mention.span.text.rpartition(" ")[2]


def _chosen(context: Context) -> Finding:
    """Returns the answer of a certain rule, or else the most likely candidate."""
    found = context.findings[context.number]
    if found.rule in _CERTAIN:
        return attrs.evolve(found, confidence=_CERTAIN[found.rule])
    answers = candidates_of(context)
    best = _most_likely(context, answers)
    if not _has_letters(best):
        best = _most_likely(context, [answer for answer in answers if _has_letters(answer[1])])
    return best


def _most_likely(context: Context, answers: Sequence[tuple[Candidate, Finding]]) -> Finding:
    """Returns the finding of the candidate with the highest probability, the first of equals."""
    chances = probabilities(context.setting, [candidate for candidate, _ in answers])
    best = max(range(len(answers)), key=chances.__getitem__)
    return attrs.evolve(answers[best][1], confidence=chances[best])


def _has_letters(finding: Finding) -> bool:
    """Returns whether a mention can name somebody: it does not consist of marks, emoji or invisible
    characters."""
    return finding.mention is None or has_letter(finding.mention.span.text)


def candidates_of(context: Context) -> list[tuple[Candidate, Finding]]:
    """Returns every possible answer for a quotation as a candidate of the ranker and as a finding.

    The first candidate is the answer that nobody speaks. The noun phrases nearby follow in the order of the
    text, then mentions elsewhere in the article that rules propose.
    """
    of_context = _proposals((*CONTEXT, *RANKER_ONLY), context)
    proposed = [*context.proposed[context.number], *of_context]
    first = context.findings[context.number].rule
    own_name = next(_last_names([context.findings[context.number]]), None)
    phrases = _without_inner(phrases_around(context.setting), proposed)
    by_phrase: dict[int, list[Finding]] = {}
    elsewhere: dict[int, list[Finding]] = {}
    for finding in proposed:
        if finding.mention is not None:
            number = _phrase_of(finding.mention.span, phrases)
            group, key = (elsewhere, finding.mention.span.start) if number is None else (by_phrase, number)
            group.setdefault(key, []).append(finding)
    return [
        _nobody(proposed, first),
        *(_of_phrase(context, phrase, by_phrase.get(n, []), own_name) for n, phrase in enumerate(phrases)),
        *((Candidate(None, None, _names(same), first=first), same[0]) for same in elsewhere.values()),
    ]


def _without_inner(phrases: Sequence[Phrase], proposed: Sequence[Finding]) -> list[Phrase]:
    """Returns the phrases without those inside a noun phrase that a rule proposes: "a friend of |Lee|" is not
    Lee. Those inside a noun of saying stay: "a letter from |Lee|"."""
    heads: set[int] = set()
    inside: set[int] = set()
    for finding in proposed:
        head = _phrase_of(finding.mention.span, phrases) if finding.mention is not None else None
        if finding.mention is None or head is None:
            continue
        heads.add(head)
        if phrases[head][0].lemma.lower() not in cue_nouns():
            inside.update(_starting_in(finding.mention.span, phrases))
    return [phrase for number, phrase in enumerate(phrases) if number not in inside - heads]


def _starting_in(span: Span, phrases: Sequence[Phrase]) -> list[int]:
    """Returns the indexes of the phrases whose head is inside a span."""
    return [n for n, (word, _) in enumerate(phrases) if span.start <= word.start < span.end]


def _names(findings: Iterable[Finding]) -> tuple[str, ...]:
    """Returns the names of the rules that made the findings."""
    return tuple(finding.rule or "" for finding in findings)


def _nobody(proposed: Iterable[Finding], first: str | None) -> tuple[Candidate, Finding]:
    rules = _names(finding for finding in proposed if finding.mention is None)
    return Candidate(None, None, rules, nobody=True, first=first), Finding(
        rule=rules[0] if rules else NOBODY.name
    )


def _of_phrase(
    context: Context, phrase: Phrase, findings: Sequence[Finding], own_name: str | None
) -> tuple[Candidate, Finding]:
    """Returns the candidate of a noun phrase with the first finding for it.

    Args:
        context: the quotation.
        phrase: the noun phrase.
        findings: the proposals of rules whose mention has this phrase as its head.
        own_name: last name of the quotation's speaker according to the rules alone.
    """
    finding = findings[0] if findings else _ranked(context.setting, phrase)
    last = _last_word(finding.mention) if finding.mention else None
    speaks = last is not None and context.names[last] > (last == own_name)
    first = context.findings[context.number].rule
    return Candidate(*phrase, _names(findings), speaks=speaks, first=first), finding


def _phrase_of(span: Span, phrases: Sequence[Phrase]) -> int | None:
    """Returns the index of the phrase that has the same head as a mention; None if there is none. The head of
    "the party’s Ann Lee" is "Lee"."""
    inside = _starting_in(span, phrases)
    for number in inside:
        word, sentence = phrases[number]
        above = sentence.head(word)
        if above is None or not span.start <= above.start < span.end:
            return number
    return inside[0] if inside else None


def _ranked(setting: Setting, phrase: Phrase) -> Finding:
    """Returns the finding for a phrase that the ranker may choose though no rule proposes it."""
    word, sentence = phrase
    there = setting.at(sentence)
    verb = sentence.head(word)
    cue = verb if verb is not None and is_cue(there, verb, ALL_KINDS) else None
    noun = antecedent_of(there, cue or word, word)
    mention, antecedent = mention_of(there, word), mention_of(there, noun) if noun else None
    return Finding(cue_span(there, cue) if cue else None, mention, antecedent, rule=RANKED.name)


def check_confidence(least: float) -> None:
    """Raises a ValueError if `min_confidence` is not a probability."""
    if not 0 <= least <= 1:
        raise ValueError(f"min_confidence must be from 0 to 1, got {least}")
