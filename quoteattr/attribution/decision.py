"""From a quotation and the parse of its frame to the cue and the words that name the speaker.

Rules are small functions in two ordered tuples, each in a module of the package `rules`. A local rule reads
the frame of one quotation; a rule of context reads what was found for its neighbours. Each answers or returns
None, the first answer counts, and its name is kept in the answer. Where they may be wrong, a ranker chooses
among what all of them propose.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

import attrs

from quoteattr.attribution.agents import antecedent_of, cue_span, is_cue, mention_of
from quoteattr.attribution.finding import Finding, Rule
from quoteattr.attribution.ranker import Candidate, phrases_around, probabilities
from quoteattr.attribution.rules.context import (
    Context,
    ContextRule,
    open_paragraph,
    paragraph_before,
    same_paragraph,
    same_sentence,
    sentence_before,
    speaker_after,
    speaker_before,
    statement_goes_on,
    subject_before,
)
from quoteattr.attribution.rules.cue_after import after_quotation, aside, in_a_clause, is_how, passive
from quoteattr.attribution.rules.cue_before import (
    beside,
    colon,
    governed,
    introduced,
    lead_in,
    near_cue,
    weak_cue,
)
from quoteattr.attribution.rules.labels import credit, name_colon, name_line, name_on, transcript
from quoteattr.attribution.rules.non_speech import named, nickname, programme, term, title, unsaid
from quoteattr.attribution.rules.reported import according_to, claimed, in_words, inscribed, owned, quoted_as
from quoteattr.attribution.setting import Setting
from quoteattr.parsing.dependency_tree import Sentence, Word
from quoteattr.schema import Mention, Span

_Case = TypeVar("_Case")

LOCAL: tuple[Rule, ...] = (
    name_line,
    name_on,
    name_colon,
    transcript,
    credit,
    lead_in,
    nickname,
    named,
    programme,
    unsaid,
    quoted_as,
    claimed,
    inscribed,
    title,
    term,
    passive,
    is_how,
    in_a_clause,
    after_quotation,
    introduced,
    governed,
    beside,
    aside,
    according_to,
    in_words,
    owned,
    near_cue,
    weak_cue,
    colon,
)

CONTEXT: tuple[ContextRule, ...] = (
    same_sentence,
    open_paragraph,
    same_paragraph,
    statement_goes_on,
    sentence_before,
    paragraph_before,
    subject_before,
)

CERTAIN = {
    "name_line": 0.95,
    "name_on": 0.9,
    "transcript": 0.9,
    "credit": 0.9,
    "nickname": 0.8,
    "programme": 0.9,
    "named": 0.7,
    "unsaid": 0.6,
    "quoted_as": 0.8,
    "is_how": 0.9,
    "claimed": 0.8,
    "inscribed": 0.8,
}
"""Rules whose answer is not put to the ranker, and how sure each is. They catch too few quotations of the
training articles (171 of 9,259, two thirds of them names) to be fitted; the figures are rounded from those
and from tests/cases, which know them all. PolNeAR gives some names in marks to whoever is quoted beside them,
and words that were not said to the one who did not say them."""


def find_cues(settings: Sequence[Setting]) -> list[Finding]:
    """Cue and mention of every quotation, in order, with the rule that proposed it and its probability.

    A quotation that nobody speaks gets a Finding without mention.
    """
    findings: list[Finding] = []
    for context in contexts(settings):
        chosen = _chosen(context)
        if chosen.follows is not None and chosen.follows < len(findings):
            leader = findings[chosen.follows]
            if leader.mention is not None:
                chosen = attrs.evolve(chosen, mention=leader.mention, antecedent=leader.antecedent)
        findings.append(chosen)
    return findings


def contexts(settings: Sequence[Setting]) -> list[Context]:
    """Each quotation with what the rules alone find for all of them."""
    proposed = [list(_proposals(LOCAL, setting)) for setting in settings]
    findings = [local[0] if local else Finding() for local in proposed]
    for number, finding in enumerate(findings):
        if finding.rule is None:
            context = Context(number, settings, findings, proposed)
            findings[number] = next(_proposals(CONTEXT, context), finding)
    names = Counter(_last_names(findings))
    return [Context(number, settings, findings, proposed, names) for number in range(len(settings))]


def _last_names(findings: Iterable[Finding]) -> Iterator[str]:
    """The last word of each speaker's name."""
    for finding in findings:
        if finding.mention is not None and finding.mention.kind == "name":
            yield _last_word(finding.mention)


def _last_word(mention: Mention) -> str:
    return mention.span.text.rpartition(" ")[2]


def _proposals(rules: Sequence[Callable[[_Case], Finding | None]], case: _Case) -> Iterator[Finding]:
    for rule in rules:
        finding = rule(case)
        if finding is not None:
            yield attrs.evolve(finding, rule=rule.__name__)


def candidates(context: Context) -> list[tuple[Candidate, Finding]]:
    """Every answer there is for a quotation, with the Finding it would make; nobody comes first."""
    setting = context.setting
    own = next(_last_names([context.findings[context.number]]), None)
    of_context = _proposals((*CONTEXT, speaker_before, speaker_after), context)
    proposed = [*context.proposed[context.number], *of_context]
    silent = tuple(f.rule or "" for f in proposed if f.mention is None)
    found = [(Candidate(None, None, silent, nobody=True), Finding(rule=silent[0] if silent else "nobody"))]
    phrases = phrases_around(setting)
    voiced = [(f, _home(f.mention.span, phrases)) for f in proposed if f.mention is not None]
    for number, (word, sentence) in enumerate(phrases):
        mine = [finding for finding, home in voiced if home == number]
        finding = mine[0] if mine else _ranked_phrase(setting, word, sentence)
        rules = tuple(f.rule or "" for f in mine)
        last = _last_word(finding.mention) if finding.mention else None
        speaks = last is not None and context.names[last] > (last == own)
        found.append((Candidate(word, sentence, rules, speaks=speaks), finding))
    elsewhere: dict[int, list[Finding]] = {}
    for finding, home in voiced:
        if home is None and finding.mention is not None:
            elsewhere.setdefault(finding.mention.span.start, []).append(finding)
    for same in elsewhere.values():
        found.append((Candidate(None, None, tuple(f.rule or "" for f in same)), same[0]))
    return found


def _home(span: Span, phrases: Sequence[tuple[Word, Sentence]]) -> int | None:
    """Number of the phrase whose head a mention has: that of "Lee" for "the party’s Ann Lee"."""
    inside = [n for n, (word, _) in enumerate(phrases) if span.start <= word.start < span.end]
    for number in inside:
        word, sentence = phrases[number]
        above = sentence.head(word)
        if above is None or not span.start <= above.start < span.end:
            return number
    return inside[0] if inside else None


def _ranked_phrase(setting: Setting, word: Word, sentence: Sentence) -> Finding:
    """The answer that a phrase which no rule proposes would make."""
    there = setting if sentence is setting.sentence else attrs.evolve(setting, sentence=sentence)
    verb = sentence.head(word)
    cue = verb if verb is not None and is_cue(there, verb, ("say", "judge", "weak")) else None
    noun = antecedent_of(there, cue or word, word)
    mention, antecedent = mention_of(there, word), mention_of(there, noun) if noun else None
    return Finding(cue_span(there, cue) if cue else None, mention, antecedent, rule="ranked")


def _chosen(context: Context) -> Finding:
    """The likeliest answer."""
    certain = context.findings[context.number]
    if certain.rule in CERTAIN:
        return attrs.evolve(certain, confidence=CERTAIN[certain.rule])
    answers = candidates(context)
    chances = probabilities(context.setting, [candidate for candidate, _ in answers])
    best = max(range(len(answers)), key=chances.__getitem__)
    return attrs.evolve(answers[best][1], confidence=chances[best])
