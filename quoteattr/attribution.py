"""From a quotation and the parse of its frame to the cue and the words that name the speaker.

Rules are small functions in two ordered tuples. A local rule reads the frame of one quotation; a rule of
context reads what was found for its neighbours. Each answers or returns None, the first answer counts, and
its name is kept in the answer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

import attrs
import regex

from quoteattr.lexicon import cue_kind, cue_nouns
from quoteattr.names import find_names
from quoteattr.phrases import (
    MODALS,
    SUBJECT,
    Setting,
    agent,
    antecedent_of,
    can_speak,
    cue_span,
    has_case,
    is_cue,
    is_nominal,
    mention_of,
    own_agent,
)
from quoteattr.ranking import Candidate, phrases_around, probabilities
from quoteattr.schema import Mention, Span
from quoteattr.syntax import Sentence, Word
from quoteattr.voices import claimant, inscription, is_unsaid, quoted_person


@attrs.frozen
class Finding:
    """What a rule found for one quotation."""

    cue: Span | None = None
    """The cue, if words mark the saying."""
    mention: Mention | None = None
    """Who is named nearby; None where nobody speaks the words."""
    antecedent: Mention | None = None
    """For a relative pronoun ("Lee, who called it “…”"), the phrase that it stands for."""
    follows: int | None = None
    """Number of the quotation whose speaker and statement this one shares."""
    rule: str | None = None
    """Name of the rule that decided; None where none did."""
    confidence: float = 0.0
    """Probability that the answer is right."""


_Case = TypeVar("_Case")
Rule = Callable[[Setting], Finding | None]


def _answer(setting: Setting, cue: Word) -> Finding | None:
    head = agent(setting, cue)
    if head is None:
        return None
    noun = antecedent_of(setting, cue, head)
    return Finding(
        cue_span(setting, cue), mention_of(setting, head), mention_of(setting, noun) if noun else None
    )


# --- local rules -----------------------------------------------------------------------------------------

# "MARY BETH LEE: “We won.”", "Lee: We won."
_NAME_LINE = regex.compile(r"\s*(?<name>(?:\p{Lu}[\w.’'-]*[ ]?){1,4})(?:\([^)]{1,40}\))?:\s*")


def name_line(setting: Setting) -> Finding | None:
    """A paragraph that opens with a name and a colon: "LEE: “We won.”"."""
    return _named(setting, _NAME_LINE.fullmatch(setting.before()))


def _named(setting: Setting, match: regex.Match[str] | None) -> Finding | None:
    """The first name in the group "name" of a match in what stands before the quotation."""
    if not match:
        return None
    start = setting.quotation.outer.start - len(match.string)
    names = find_names(setting.text, start + match.start("name"), start + match.end("name"))
    return Finding(None, Mention(names[0], "name")) if names else None


# "Pollsters agree - Carl Bialik: “One …”", "Lee: “No.” Hale: “Yes.”"
_NAME_COLON = regex.compile(
    r"(?:[\p{Dash}.!?”\"’']\s+|\s\p{Dash})(?<name>(?:\p{Lu}[\w.’'-]*[ ]?){1,4}):\s*\Z"
)


def name_colon(setting: Setting) -> Finding | None:
    """A name and a colon between the end of a sentence, or a dash, and the quotation."""
    return _named(setting, _NAME_COLON.search(setting.before()))


# "“WALLACE: Will she be there?": a transcript in quotation marks
_TURN = regex.compile(r"\s*(?<name>\p{Lu}[\p{Lu}.’'-]+(?: \p{Lu}[\p{Lu}.’'-]+){0,3}):\s")


def transcript(setting: Setting) -> Finding | None:
    """A name in capitals and a colon open the quoted words: “WALLACE: Will she be there?”."""
    match = _TURN.match(setting.content.text)
    if not match:
        return None
    start = setting.content.start
    span = Span.of(setting.text, start + match.start("name"), start + match.end("name"))
    return Finding(None, Mention(span, "name"))


# "“We won.” — Mary Lee, the mayor"
_CREDIT = regex.compile(r"\s*\p{Dash}{1,2}\s*(?=\p{Lu})(?<credit>[^!?\n]{2,80}?)\.?\s*")


def credit(setting: Setting) -> Finding | None:
    """A dash and a name after a quotation that stands alone: "“We won.” — Mary Lee"."""
    start = setting.quotation.outer.end
    after = setting.after() if setting.after().strip() else _next_line(setting)
    match = _CREDIT.fullmatch(after)
    if not match or setting.before().strip():
        return None
    # "— Crime novelist Peter Asante, in The Coastal Review": the last name before the comma.
    end = start + match.start("credit") + len(match["credit"].partition(",")[0])
    names = find_names(setting.text, start + match.start("credit"), end)
    return Finding(None, Mention(names[-1], "name")) if names else None


_NEXT_LINE = regex.compile(r"\s*[^\n]{0,120}")


def _next_line(setting: Setting) -> str:
    """What follows the quotation up to the end of the next line that is not blank."""
    match = _NEXT_LINE.match(setting.text, setting.quotation.outer.end)
    return match[0] if match else ""


# "Robert “Bob” Dole"
_NAME_BEFORE = regex.compile(r"\p{Lu}[\w.’'-]+\s+\Z")
_NAME_AFTER = regex.compile(r"\s+\p{Lu}[\w’'-]+")


def nickname(setting: Setting) -> Finding | None:
    """One or two capitalised words between parts of a name: Robert “Bob” Dole. Nobody speaks."""
    content = setting.content.text
    short = len(content.split()) <= 2 and content[:1].isupper() and content[-1:].isalpha()
    inside = short and _NAME_BEFORE.search(setting.before()) and _NAME_AFTER.match(setting.after())
    return Finding() if inside else None


def unsaid(setting: Setting) -> Finding | None:
    """What was not said: "Lee never said “yes”", "if Lee had said “yes”". Nobody speaks."""
    return Finding() if is_unsaid(setting) else None


def quoted_as(setting: Setting) -> Finding | None:
    """Whom another quotes, hears or accuses: "Nair quoted Hale as saying it was “over”"."""
    head = quoted_person(setting)
    return Finding(None, mention_of(setting, head)) if head else None


def claimed(setting: Setting) -> Finding | None:
    """Whose claim it is, whatever is said of it: "Nair dismissed Hale’s claim that it was “over”"."""
    owner = claimant(setting)
    noun = setting.sentence.head(owner) if setting.sentence and owner else None
    return Finding(cue_span(setting, noun), mention_of(setting, owner)) if noun and owner else None


def inscribed(setting: Setting) -> Finding | None:
    """What the words are written on: "Lee carried a banner that read “No way”"."""
    thing = inscription(setting)
    if thing is None:
        return None
    phrase = mention_of(setting, thing)
    return Finding(None, attrs.evolve(phrase, span=Span.of(setting.text, phrase.span.start, thing.end)))


_SMALL = r"of|the|and|a|an|in|to|for|on|with|&"
_TITLE_WORDS = regex.compile(
    rf"(?:\p{{Lu}}[\w’'-]*|{_SMALL}|\d+)(?:[,:]?\s+(?:[\p{{Lu}}\d][\w’'-]*|{_SMALL}))*[!?.,]?"
)
_TITLED = regex.compile(
    r"\b(?:album|anthem|article|ballad|bestseller|blog|book|campaign|class|column|comedy|documentary|drama"
    r"|episode|essay|exhibition|film|game|hit|magazine|memoir|movie|musical|novel|opera|painting|play|podcast|poem"
    r"|programme?|satire|series|show|single|sitcom|song|thriller|track|tune|titled|entitled"
    r"|(?:NBC|CNN|Fox|ABC|CBS|HBO|BBC)['’]s|host of|on|pseudonym|subject line|goes by)\b[\w\s,’']{0,25}\Z",
    regex.IGNORECASE,
)


def title(setting: Setting) -> Finding | None:
    """Capitalised words after "film", "book", "show" or the like. Nobody speaks."""
    content = setting.content.text
    looks = len(content.split()) <= 10 and _TITLE_WORDS.fullmatch(content) and content[-1:] not in "!?"
    return Finding() if looks and _TITLED.search(setting.before()) else None


_TERM = regex.compile(
    r"\b(?:so-called|known as|dubbed|the (?:words?|phrase|term|name)|(?:nick|code-?)named|termed"
    r"|referred to as)[\s,]*\Z"
)


def term(setting: Setting) -> Finding | None:
    """Up to three words named as a term: "the word “fair”", "the so-called “bounce”". Nobody speaks."""
    if len(setting.content.text.split()) <= 3 and _TERM.search(setting.before()):
        return Finding()
    return None


def after_quotation(setting: Setting) -> Finding | None:
    """A cue right after the quotation, its subject on either side: "“…,” said Lee", "“…,” Lee said"."""
    ends = setting.content.text.rstrip()[-1:]
    opened = setting.after()[:2].lstrip()[:1]
    if ends not in ",?!—–-…" and opened != ",":
        return None
    cue = _cue_after(setting, ("say", "judge", "weak"))
    return _answer(setting, cue) or _inverted(setting, cue) if cue else None


def _cue_after(setting: Setting, kinds: Sequence[str]) -> Word | None:
    """The first cue after the quotation if only its subject and adverbs stand between."""
    sentence = setting.sentence
    later = [w for w in setting.outside() if w.start >= setting.content.end]
    for position, word in enumerate(later[:30]):
        # "Viguerie notes": after a comma and a name the form is enough, whatever the tagger says.
        if is_cue(setting, word, kinds) or (word.upos == "NOUN" and cue_kind(word.text, word.lemma) == "say"):
            assert sentence is not None
            subject = {w.index for s in sentence.children(word, *SUBJECT) for w in sentence.subtree(s)}
            between = [w for w in later[:position] if w.index not in subject]
            return word if all(w.upos in ("ADV", "AUX", "PUNCT", "PART") for w in between) else None
    return None


def _inverted(setting: Setting, cue: Word) -> Finding | None:
    """ "said Lee" whose subject the parse calls an object or leaves loose: the phrase right after the cue."""
    sentence = setting.sentence
    assert sentence is not None
    following = [w for w in sentence.words[cue.index + 1 : cue.index + 12] if not setting.quoted(w)]
    for word in following:
        if is_nominal(word) and word.deprel not in ("compound", "nmod:poss", "obl", "obl:tmod"):
            return Finding(cue_span(setting, cue), mention_of(setting, word))
        if word.upos in ("VERB", "ADP", "SCONJ", "PUNCT"):
            return None
    return None


def introduced(setting: Setting) -> Finding | None:
    """A cue before the quotation and a comma or colon between: "Lee said on Monday: “…”"."""
    if not regex.search(r"[,:]\s*\Z", setting.before()):
        return None
    cues = [w for w in setting.outside() if w.end <= setting.content.start and is_cue(setting, w)]
    answer = _first_answer(setting, reversed(cues))
    return _inverted(setting, cues[0]) if answer is None and cues and cues[0].index == 0 else answer


def _first_answer(setting: Setting, cues: Iterable[Word]) -> Finding | None:
    return next((answer for cue in cues if (answer := _answer(setting, cue))), None)


def governed(setting: Setting) -> Finding | None:
    """The nearest cue above the quotation in the tree: "Lee said she was “not sure”"."""
    anchor = setting.anchor()
    if anchor is None or setting.sentence is None:
        return None
    above = [w for w in setting.sentence.ancestors(anchor) if is_cue(setting, w)]
    if len(above) > 1 and _is_reported(setting, above[0]):
        above = above[1:] + above[:1]
    return _first_answer(setting, above)


def _is_reported(setting: Setting, cue: Word) -> bool:
    """Whether the saying is itself told by a cue above: "Lee said she would call it “…”"."""
    sentence = setting.sentence
    assert sentence is not None
    unreal = any(
        w.lemma.lower() in MODALS or w.text.lower() == "to" for w in sentence.children(cue, "aux", "mark")
    )
    agent = own_agent(setting, sentence, cue)
    same = agent is not None and agent.text.lower() in ("he", "she", "they", "it")
    return (unreal or same) and cue.deprel not in ("conj", "acl:relcl")


def beside(setting: Setting) -> Finding | None:
    """A cue that the quotation's own words govern, as a parser gives "“…” (Lee said)"."""
    anchor = setting.anchor()
    if anchor is None or setting.sentence is None:
        return None
    below = [w for w in setting.sentence.children(anchor) if is_cue(setting, w, ("say", "judge", "weak"))]
    return _first_answer(setting, below)


def passive(setting: Setting) -> Finding | None:
    """ "by" right after the quotation and a passive cue before it: "Hale was branded “reckless” by Lee"."""
    if setting.sentence is None or not regex.match(r"\s*by\b", setting.after()):
        return None
    before = [w for w in setting.outside() if w.end <= setting.content.start]
    later = [w for w in setting.outside() if w.start >= setting.content.end]
    cue = next((w for w in reversed(before) if is_cue(setting, w, ("say", "judge", "weak"))), None)
    heads = [w for w in later if is_nominal(w) and w.deprel not in ("compound", "nmod:poss", "flat")]
    if cue is None or cue.xpos != "VBN" or not heads:
        return None
    return Finding(cue_span(setting, cue), mention_of(setting, heads[0]))


_ASIDE = frozenset({",", "–", "—", "-", "--", "(", ";"})
"""Marks that set words off."""


def aside(setting: Setting) -> Finding | None:
    """A cue and its subject set off from the rest: "It was “…” in the end, said Lee", "– as Lee put it –"."""
    if setting.sentence is None:
        return None
    words = setting.sentence.words
    for cue in setting.outside():
        if not is_cue(setting, cue, ("say",)) or cue.index == 0:
            continue
        first, last = words[cue.index - 1], words[min(cue.index + 1, len(words) - 1)]
        if first.text in _ASIDE or (first.text.lower() == "as" and words[cue.index - 2].text in _ASIDE):
            answer = _inverted(setting, cue)
        elif is_nominal(first) and (last.upos in ("PUNCT", "ADP", "ADV") or last is cue):
            answer = _answer(setting, cue) if _set_off(words, cue) else None
        else:
            answer = None
        if answer is not None:
            return answer
    return None


def _set_off(words: Sequence[Word], cue: Word) -> bool:
    """Whether a mark or "as" stands before a cue with nothing but a noun phrase between."""
    for word in reversed(words[: cue.index]):
        if word.text in _ASIDE or word.text.lower() == "as":
            return True
        if word.upos not in ("PROPN", "NOUN", "PRON", "DET", "ADJ", "NUM", "ADV", "AUX", "PART"):
            return False
    return False


_ACCORDING = regex.compile(r"\b(?:[Aa]ccording to|[Ii]n the words of|[Ii]n the view of)\s+")


def according_to(setting: Setting) -> Finding | None:
    """ "according to Lee", "in the words of the mayor", in the same sentence."""
    sentence = setting.sentence
    if sentence is None:
        return None
    for match in _ACCORDING.finditer(setting.text, sentence.start, sentence.end):
        nominals = [w for w in sentence if w.start >= match.end() and w.upos in ("PROPN", "NOUN", "PRON")]
        heads = [w for w in nominals if w.deprel not in ("compound", "nmod:poss", "flat")]
        if heads and not setting.quoted(heads[0]):
            cue = Span.of(setting.text, match.start(), match.end() - 1)
            return Finding(cue, mention_of(setting, heads[0]))
    return None


def owned(setting: Setting) -> Finding | None:
    """A noun of saying above the quotation that someone owns: "Lee’s claim that “…”", "his “…” remark"."""
    anchor = setting.anchor()
    if anchor is None or setting.sentence is None:
        return None
    for noun in [*setting.sentence.ancestors(anchor)]:
        if noun.lemma.lower() in cue_nouns() and not setting.quoted(noun):
            owner = setting.sentence.child(noun, "nmod:poss") or _by_or_from(setting, noun)
            if owner is not None and not setting.quoted(owner):
                return Finding(cue_span(setting, noun), mention_of(setting, owner))
    return None


def _by_or_from(setting: Setting, noun: Word) -> Word | None:
    assert setting.sentence is not None
    return next(
        (
            w
            for w in setting.sentence.children(noun, "nmod", "obl")
            if has_case(setting.sentence, w, "by", "from")
        ),
        None,
    )


def near_cue(setting: Setting) -> Finding | None:
    """A cue right after the quotation without a comma, or the last one before it."""
    after = _cue_after(setting, ("say", "judge"))
    if after and (answer := _answer(setting, after) or _inverted(setting, after)):
        return answer
    cues = [w for w in setting.outside() if w.end <= setting.content.start and is_cue(setting, w)]
    return _first_answer(setting, reversed(cues))


def weak_cue(setting: Setting) -> Finding | None:
    """A verb that only sometimes means saying, above the quotation: "Lee spoke of “a new dawn”"."""
    anchor = setting.anchor()
    if anchor is None or setting.sentence is None:
        return None
    above = [w for w in setting.sentence.ancestors(anchor) if is_cue(setting, w, ("weak",))]
    return _first_answer(setting, above)


def colon(setting: Setting) -> Finding | None:
    """The subject of a sentence that a colon joins to the quotation: "Lee was clear: “…”"."""
    if setting.sentence is None or not regex.search(r":\s*\Z", setting.before()):
        return None
    before = [w for w in setting.outside() if w.end <= setting.content.start]
    owners = [w for w in before if w.deprel == "nmod:poss" and _is_said(setting, w)]
    return Finding(None, mention_of(setting, owners[0])) if owners else _first_subject(setting, before)


def _is_said(setting: Setting, owner: Word) -> bool:
    """Whether what is owned is a noun of saying and the subject: "Lee’s verdict was short: “…”"."""
    noun = setting.sentence.head(owner) if setting.sentence else None
    return noun is not None and noun.deprel.startswith("nsubj") and noun.lemma.lower() in cue_nouns()


def lead_in(setting: Setting) -> Finding | None:
    """A paragraph that opens with the quotation, after one that ends in a colon: "Lee wrote:"."""
    if setting.lead is None or not setting.introduced or setting.before().strip():
        return None
    led = attrs.evolve(setting, sentence=setting.lead)
    cues = [w for w in setting.lead if is_cue(led, w, ("say", "judge", "weak"))]
    return _first_answer(led, reversed(cues)) or _first_subject(led, setting.lead)


def _first_subject(setting: Setting, among: Iterable[Word]) -> Finding | None:
    assert setting.sentence is not None
    for word in among:
        if word.deprel in ("nsubj", "nsubj:pass") and can_speak(setting.sentence, word):
            return Finding(None, mention_of(setting, word))
    return None


LOCAL: tuple[Rule, ...] = (
    name_line,
    name_colon,
    transcript,
    credit,
    lead_in,
    nickname,
    unsaid,
    quoted_as,
    claimed,
    inscribed,
    title,
    term,
    passive,
    after_quotation,
    introduced,
    governed,
    beside,
    aside,
    according_to,
    owned,
    near_cue,
    weak_cue,
    colon,
)


# --- rules of context ------------------------------------------------------------------------------------


@attrs.frozen
class Context:
    """A quotation that no local rule decided, among its neighbours."""

    number: int
    """Its own number."""
    settings: Sequence[Setting]
    """Every quotation of the article."""
    findings: Sequence[Finding]
    """What was found so far; answers of context come in as they are made."""
    names: Counter[str] = attrs.Factory(Counter)
    """How often each last word of a name speaks, by the rules alone."""

    @property
    def setting(self) -> Setting:
        """The quotation's own."""
        return self.settings[self.number]

    def spoken(self, number: int) -> bool:
        """Whether that quotation exists and has a speaker."""
        return 0 <= number < len(self.findings) and self.findings[number].mention is not None

    def before(self) -> Iterator[int]:
        """The quotations before this one that do not stand inside of another, nearest first."""
        return (n for n in range(self.number - 1, -1, -1) if not self.settings[n].frame.inside)

    @property
    def last(self) -> int | None:
        """The nearest of them."""
        return next(self.before(), None)

    def nearest(self, where: Callable[[Setting], bool]) -> int | None:
        """The closest quotation with a speaker before this one, else after it, as far as `where` holds."""
        for step in (-1, 1):
            number = self.number + step
            while 0 <= number < len(self.settings) and where(self.settings[number]):
                if self.spoken(number):
                    return number
                number += step
        return None

    def share(self, number: int) -> Finding:
        """The speaker and statement of that quotation."""
        other = self.findings[number]
        return Finding(other.cue, other.mention, other.antecedent, number)


ContextRule = Callable[[Context], Finding | None]


def same_sentence(context: Context) -> Finding | None:
    """Another quotation of the same sentence is decided: "“Yes,” she said, “and no.”"."""
    here = context.setting.sentence
    if here is None:
        return None
    number = context.nearest(lambda setting: setting.sentence is here)
    return None if number is None else context.share(number)


def open_paragraph(context: Context) -> Finding | None:
    """The quotation before was never closed and this one opens the next paragraph."""
    number = context.last
    if number is None or not context.spoken(number):
        return None
    before = context.settings[number].quotation
    unclosed = before.outer.end == before.content.end
    return context.share(number) if unclosed and not context.setting.before().strip() else None


def _is_speech(setting: Setting) -> bool:
    """Whether the quotation is a sentence of its own, but for a word or two that join it on ("Now, “…”")."""
    beside = [w for w in setting.outside() if w.upos != "PUNCT"]
    return not beside or (len(beside) <= 2 and all(w.upos in ("ADV", "CCONJ", "INTJ", "ADP") for w in beside))


def same_paragraph(context: Context) -> Finding | None:
    """A quotation that is a whole sentence goes on with the speaker of its paragraph."""
    setting = context.setting
    if not _is_speech(setting):
        return None
    number = context.nearest(lambda other: other.frame is setting.frame)
    return None if number is None else context.share(number)


def paragraph_before(context: Context) -> Finding | None:
    """A paragraph that is nothing but quotation goes on with the last speaker before it."""
    setting, number = context.setting, context.last
    if number is None or setting.frame.speaks or not context.spoken(number):
        return None
    between = setting.text[context.settings[number].frame.end : setting.frame.start]
    return context.share(number) if not between.strip() else None


def sentence_before(context: Context) -> Finding | None:
    """A quotation that is a whole sentence after one of the frame's: "She paused. “We have the money.”"."""
    setting = context.setting
    if not _is_speech(setting) or setting.sentence is None:
        return None
    at = setting.position(setting.sentence)
    if at == 0 or any(setting.quoted(w) for w in setting.sentences[at - 1]):
        return None
    there = attrs.evolve(setting, sentence=setting.sentences[at - 1])
    return _first_subject(there, setting.sentences[at - 1])


def subject_before(context: Context) -> Finding | None:
    """A paragraph that is nothing but quotation, after one without any: its last sentence's subject."""
    setting = context.setting
    if setting.lead is None or setting.frame.speaks or setting.introduced:
        return None
    return _first_subject(attrs.evolve(setting, sentence=setting.lead), setting.lead)


CONTEXT: tuple[ContextRule, ...] = (
    same_sentence,
    open_paragraph,
    same_paragraph,
    sentence_before,
    paragraph_before,
    subject_before,
)


def speaker_before(context: Context) -> Finding | None:
    """Whoever spoke last. Proposed to the ranker only."""
    number = next(filter(context.spoken, context.before()), None)
    return None if number is None else context.share(number)


def speaker_after(context: Context) -> Finding | None:
    """Whoever speaks next in the same paragraph. Proposed to the ranker only."""
    # An inner quotation has a frame of its own, so those of one paragraph need not stand side by side.
    frame, later = context.setting.frame, range(context.number + 1, len(context.settings))
    same = (n for n in later if context.settings[n].frame is frame and context.spoken(n))
    number = next(same, None)
    return None if number is None else context.share(number)


# --- the choice ------------------------------------------------------------------------------------------

CERTAIN = {
    "name_line": 0.95,
    "transcript": 0.9,
    "credit": 0.9,
    "nickname": 0.8,
    "unsaid": 0.6,
    "quoted_as": 0.8,
    "claimed": 0.8,
    "inscribed": 0.8,
}
"""Rules whose answer is not put to the ranker, and how sure each is. They catch too few quotations of the
training articles (21 of 9,259) to be fitted; the figures are rounded from those and from tests/cases, which
know them all. For words that were not said PolNeAR names the one who did not say them."""


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
    findings = [_decide(LOCAL, setting) for setting in settings]
    for number, finding in enumerate(findings):
        if finding.rule is None:
            findings[number] = _decide(CONTEXT, Context(number, settings, findings))
    names = Counter(_last_names(findings))
    return [Context(number, settings, findings, names) for number in range(len(settings))]


def _last_names(findings: Iterable[Finding]) -> Iterator[str]:
    """The last word of each speaker's name."""
    for finding in findings:
        if finding.mention is not None and finding.mention.kind == "name":
            yield _last_word(finding.mention)


def _last_word(mention: Mention) -> str:
    return mention.span.text.rpartition(" ")[2]


def _decide(rules: Sequence[Callable[[_Case], Finding | None]], case: _Case) -> Finding:
    return next(_proposals(rules, case), Finding())


def _proposals(rules: Sequence[Callable[[_Case], Finding | None]], case: _Case) -> Iterator[Finding]:
    for rule in rules:
        finding = rule(case)
        if finding is not None:
            yield attrs.evolve(finding, rule=rule.__name__)


def candidates(context: Context) -> list[tuple[Candidate, Finding]]:
    """Every answer there is for a quotation, with the Finding it would make; nobody comes first."""
    setting = context.setting
    own = next(_last_names([context.findings[context.number]]), None)
    proposed = list(_proposals(LOCAL, setting))
    proposed += _proposals((*CONTEXT, speaker_before, speaker_after), context)
    silent = tuple(f.rule or "" for f in proposed if f.mention is None)
    found = [(Candidate(None, None, silent, nobody=True), Finding(rule=silent[0] if silent else "nobody"))]
    phrases = list(phrases_around(setting))
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
    there = attrs.evolve(setting, sentence=sentence)
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
