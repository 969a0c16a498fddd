"""From a quotation and the parse of its frame to the cue and the words that name the speaker.

Rules are small functions in two ordered tuples. A local rule reads the frame of one quotation; a rule of
context reads what was found for its neighbours. Each answers or returns None, the first answer counts, and
its name is kept in the answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

import attrs
import regex

from quoteattr.frames import Frame
from quoteattr.lexicon import cue_kind, cue_nouns
from quoteattr.names import find_names
from quoteattr.schema import Mention, MentionKind, Quotation, Span
from quoteattr.syntax import Sentence, Word

_SUBJECT = ("nsubj", "csubj")
_MODALS = frozenset("will would can could shall should may might must".split())
_PRONOUNS = frozenset("i we you he she they it one this that these those who".split())
_RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})
_TIMES = frozenset(
    "today yesterday tomorrow tonight monday tuesday wednesday thursday friday saturday sunday morning afternoon "
    "evening night week month year time day january february march april may june july august september october "
    "november december".split()
)
"""Nouns of time: a parse often takes "On Monday" for a subject."""


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


@attrs.frozen
class Setting:
    """A quotation in its frame."""

    text: str
    """The article."""
    quotation: Quotation
    """The quotation."""
    frame: Frame
    """The frame that holds it."""
    sentences: tuple[Sentence, ...]
    """The frame's parse, offsets of the article."""
    sentence: Sentence | None
    """The sentence in which the quotation begins; None if it was not parsed."""
    lead: Sentence | None = None
    """The last sentence of the paragraph before, if that ends in a colon."""

    @property
    def content(self) -> Span:
        """The quoted words."""
        return self.quotation.content

    def quoted(self, word: Word) -> bool:
        """Whether the word stands in any quotation of the frame, or is one of its marks."""
        return any(q.outer.start <= word.start < q.outer.end for q in self.frame.quotations)

    def own(self) -> list[Word]:
        """The words of the parse that stand for this quotation, marks left out."""
        inside = self.sentence or ()
        return [w for w in inside if self.content.start <= w.start < self.content.end and w.upos != "PUNCT"]

    def anchor(self) -> Word | None:
        """The highest quoted word: the one whose governor is not quoted."""
        own = self.own()
        numbers = {w.index for w in own}
        tops = [w for w in own if w.head not in numbers]
        return tops[0] if tops else None

    def outside(self) -> list[Word]:
        """The words of the sentence that no quotation holds."""
        return [w for w in self.sentence or () if not self.quoted(w)]

    def before(self) -> str:
        """The article from the start of the frame to the quotation."""
        return self.text[self.frame.start : self.quotation.outer.start]

    def after(self) -> str:
        """The article from the quotation to the end of the frame."""
        return self.text[self.quotation.outer.end : self.frame.end]


_Case = TypeVar("_Case")
Rule = Callable[[Setting], Finding | None]


# --- words and phrases -----------------------------------------------------------------------------------


def _is_cue(setting: Setting, word: Word, kinds: Sequence[str] = ("say", "judge")) -> bool:
    return (
        word.upos in ("VERB", "AUX", "NOUN", "PROPN")
        and (word.upos == "VERB" or word.xpos.startswith("VB"))
        and not setting.quoted(word)
        and cue_kind(word.text, word.lemma) in kinds
    )


def _agent(setting: Setting, cue: Word) -> Word | None:
    """Head of the phrase that says what the cue introduces, or None."""
    sentence = setting.sentence
    assert sentence is not None
    if _has_subject_of_its_own(sentence, cue):
        return _own_agent(setting, sentence, cue)
    if cue.xpos == "VBG" and _after_comma(sentence, cue):
        return _subject_of_clause(setting, sentence, cue)
    return _inherited(setting, sentence, cue) or _before_cue(setting, sentence, cue)


def _has_subject_of_its_own(sentence: Sentence, verb: Word) -> bool:
    return any(_can_speak(sentence, c) for c in sentence.children(verb, *_SUBJECT)) or _is_passive(
        sentence, verb
    )


def _is_passive(sentence: Sentence, verb: Word) -> bool:
    return any(c.deprel in ("nsubj:pass", "aux:pass") for c in sentence.children(verb))


def _can_speak(sentence: Sentence, word: Word) -> bool:
    """Not a day, and not an owner's name that the parse takes for a subject."""
    return word.text.lower() not in _TIMES and not _has_case(sentence, word, "'s", "'", "’s", "’")


def _own_agent(setting: Setting, sentence: Sentence, verb: Word) -> Word | None:
    if _is_passive(sentence, verb):
        agents = [c for c in sentence.children(verb, "obl") if _has_case(sentence, c, "by")]
        if agents or verb.lemma != "quote":
            return agents[0] if agents else None
    subjects = [
        c for c in sentence.children(verb, *_SUBJECT) if not setting.quoted(c) and _can_speak(sentence, c)
    ]
    # "whom he called": of two subjects that a parse gives, the relative pronoun is the object.
    plain = [c for c in subjects if c.text.lower() not in _RELATIVE]
    return plain[-1] if plain else subjects[0] if subjects else None


def _after_comma(sentence: Sentence, word: Word) -> bool:
    before = [
        w for w in sentence.words[max(0, word.index - 3) : word.index] if w.upos not in ("ADV", "CCONJ")
    ]
    return bool(before) and before[-1].text in (",", "–", "—", "”")


def _subject_of_clause(setting: Setting, sentence: Sentence, cue: Word) -> Word | None:
    """ "Lee opened the door, saying …": the subject of the nearest main verb above or, failing that, before."""
    for verb in sentence.ancestors(cue):
        if verb.deprel.startswith(("acl", "ccomp")) or setting.quoted(verb):
            continue
        agent = _own_agent(setting, sentence, verb)
        if agent is not None:
            return agent
    return _before_cue(setting, sentence, cue)


def _inherited(setting: Setting, sentence: Sentence, cue: Word) -> Word | None:
    """The subject that a verb without one shares: "Lee rose and said", "Lee went on to say"."""
    verb: Word | None = cue
    for above in sentence.ancestors(cue):
        if verb is not None and verb.deprel.startswith("acl") and not setting.quoted(above):
            return above
        if verb is None or verb.deprel not in ("conj", "xcomp", "advcl", "ccomp", "parataxis"):
            return None
        verb = above
        if not setting.quoted(verb) and (agent := _own_agent(setting, sentence, verb)):
            return agent
    return None


def _before_cue(setting: Setting, sentence: Sentence, cue: Word) -> Word | None:
    """The last phrase before the cue that could be its subject, whatever the tree says."""
    for word in reversed(sentence.words[: cue.index]):
        if setting.quoted(word) or word.upos not in ("PROPN", "NOUN", "PRON"):
            continue
        if word.deprel in ("compound", "flat", "nmod:poss") or not _can_speak(sentence, word):
            continue
        if not sentence.children(word, "case"):
            return word
    return None


def _has_case(sentence: Sentence, word: Word, *cases: str) -> bool:
    return any(c.text.lower() in cases for c in sentence.children(word, "case"))


_NOT_IN_MENTION = frozenset("acl:relcl appos parataxis punct cc conj ccomp advcl discourse acl".split())


def _mention(setting: Setting, head: Word) -> Mention:
    """The noun phrase around `head`, without what is set off by commas."""
    sentence = setting.sentence
    assert sentence is not None
    phrase = [
        w
        for w in sentence.subtree(
            head, skip=lambda w: w.deprel in _NOT_IN_MENTION and w.text not in ("-", "&")
        )
        if w.index == head.index or not setting.quoted(w)
    ]
    run = _run_around(phrase, head)
    while len(run) > 1 and run[0].upos in ("ADP", "CCONJ", "SCONJ", "PUNCT") and run[0].index != head.index:
        run = run[1:]
    return Mention(Span.of(setting.text, run[0].start, run[-1].end), _kind(head, run))


def _run_around(phrase: list[Word], head: Word) -> list[Word]:
    """The unbroken run of words that holds the head."""
    at = next(i for i, w in enumerate(phrase) if w.index == head.index)
    first = last = at
    while first > 0 and phrase[first - 1].index == phrase[first].index - 1:
        first -= 1
    while last + 1 < len(phrase) and phrase[last + 1].index == phrase[last].index + 1:
        last += 1
    return phrase[first : last + 1]


def _kind(head: Word, run: list[Word]) -> MentionKind:
    if len(run) == 1 and (head.upos == "PRON" or head.text.lower() in _PRONOUNS):
        return "pronoun"
    if head.upos == "PROPN" or any(w.upos == "PROPN" and w.deprel.startswith(("flat", "appos")) for w in run):
        return "name"
    return "nominal"


def _cue_span(setting: Setting, cue: Word) -> Span:
    return Span.of(setting.text, cue.start, cue.end)


def _answer(setting: Setting, cue: Word) -> Finding | None:
    head = _agent(setting, cue)
    if head is None:
        return None
    noun = _antecedent(setting, cue, head)
    return Finding(
        _cue_span(setting, cue), _mention(setting, head), _mention(setting, noun) if noun else None
    )


def _antecedent(setting: Setting, cue: Word, head: Word) -> Word | None:
    """What a relative pronoun stands for: the noun that its clause hangs on, else the last one before it."""
    sentence = setting.sentence
    assert sentence is not None
    if head.text.lower() not in _RELATIVE:
        return None
    clause = next((w for w in [cue, *sentence.ancestors(cue)] if w.deprel == "acl:relcl"), None)
    noun = sentence.head(clause) if clause else None
    if noun is not None and noun.index < head.index:
        return noun
    return _before_cue(setting, sentence, head)


# --- local rules -----------------------------------------------------------------------------------------

# "MARY BETH LEE: “We won.”", "Lee: We won."
_NAME_LINE = regex.compile(r"\s*(?<name>(?:\p{Lu}[\w.’'-]*[ ]?){1,4})(?:\([^)]{1,40}\))?:\s*")


def name_line(setting: Setting) -> Finding | None:
    """A paragraph that opens with a name and a colon: "LEE: “We won.”"."""
    match = _NAME_LINE.fullmatch(setting.before())
    if not match:
        return None
    names = find_names(
        setting.text, setting.frame.start + match.start("name"), setting.frame.start + match.end("name")
    )
    return Finding(None, Mention(names[0], "name")) if names else None


# "“We won.” — Mary Lee, the mayor"
_CREDIT = regex.compile(r"\s*(?:—|–|--|-)\s*(?=\p{Lu})(?<credit>[^.!?\n]{2,80})\.?\s*")


def credit(setting: Setting) -> Finding | None:
    """A dash and a name after a quotation that stands alone: "“We won.” — Mary Lee"."""
    match = _CREDIT.fullmatch(setting.after())
    if not match or setting.before().strip():
        return None
    start = setting.quotation.outer.end
    names = find_names(setting.text, start + match.start("credit"), start + match.end("credit"))
    return Finding(None, Mention(names[0], "name")) if names else None


# "Robert “Bob” Dole"
_NAME_BEFORE = regex.compile(r"\p{Lu}[\w.’'-]+\s+\Z")
_NAME_AFTER = regex.compile(r"\s+\p{Lu}[\w’'-]+")


def nickname(setting: Setting) -> Finding | None:
    """One or two capitalised words between parts of a name: Robert “Bob” Dole. Nobody speaks."""
    content = setting.content.text
    if len(content.split()) <= 2 and content[:1].isupper() and content[-1:].isalpha():
        if _NAME_BEFORE.search(setting.before()) and _NAME_AFTER.match(setting.after()):
            return Finding()
    return None


_TITLE_WORDS = regex.compile(
    r"(?:\p{Lu}[\w’'-]*|of|the|and|a|an|in|to|for|on|with|&|\d+)(?:[,:]?\s+(?:[\p{Lu}\d][\w’'-]*|of|the|and|a|an|in|to|for|on|with|&))*[!?.,]?"
)
_TITLED = regex.compile(
    r"\b(?:album|anthem|article|ballad|bestseller|blog|book|campaign|class|column|comedy|documentary|drama|episode|"
    r"essay|exhibition|film|game|hit|magazine|memoir|movie|musical|novel|opera|painting|play|podcast|poem|"
    r"program|programme|satire|series|show|single|sitcom|song|thriller|track|tune|titled|entitled|NBC’s|CNN’s|Fox’s|ABC’s|CBS’s|"
    r"host of|on)\b[\w\s,’']{0,25}\Z",
    regex.IGNORECASE,
)


def title(setting: Setting) -> Finding | None:
    """Capitalised words after "film", "book", "show" or the like. Nobody speaks."""
    content = setting.content.text
    if 1 <= len(content.split()) <= 10 and _TITLE_WORDS.fullmatch(content) and content[-1:] not in "!?":
        if _TITLED.search(setting.before()):
            return Finding()
    return None


_TERM = regex.compile(
    r"\b(?:so-called|known as|dubbed|the (?:word|words|phrase|term|name)|nicknamed|termed|referred to as)\s*,?\s*\Z"
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
        if _is_cue(setting, word, kinds) or (
            word.upos == "NOUN" and cue_kind(word.text, word.lemma) == "say"
        ):
            assert sentence is not None
            subject = {w.index for s in sentence.children(word, *_SUBJECT) for w in sentence.subtree(s)}
            between = [w for w in later[:position] if w.index not in subject]
            return word if all(w.upos in ("ADV", "AUX", "PUNCT", "PART") for w in between) else None
    return None


def _inverted(setting: Setting, cue: Word) -> Finding | None:
    """ "said Lee" whose subject the parse calls an object or leaves loose: the phrase right after the cue."""
    sentence = setting.sentence
    assert sentence is not None
    following = [w for w in sentence.words[cue.index + 1 : cue.index + 12] if not setting.quoted(w)]
    for word in following:
        if word.upos in ("PROPN", "NOUN", "PRON") and word.deprel not in (
            "compound",
            "nmod:poss",
            "obl",
            "obl:tmod",
        ):
            return Finding(_cue_span(setting, cue), _mention(setting, word))
        if word.upos in ("VERB", "ADP", "SCONJ", "PUNCT"):
            return None
    return None


def introduced(setting: Setting) -> Finding | None:
    """A cue before the quotation and a comma or colon between: "Lee said on Monday: “…”"."""
    if not regex.search(r"[,:]\s*\Z", setting.before()):
        return None
    cues = [w for w in setting.outside() if w.end <= setting.content.start and _is_cue(setting, w)]
    return _first_answer(setting, reversed(cues))


def _first_answer(setting: Setting, cues: Iterable[Word]) -> Finding | None:
    return next((answer for cue in cues if (answer := _answer(setting, cue))), None)


def governed(setting: Setting) -> Finding | None:
    """The nearest cue above the quotation in the tree: "Lee said she was “not sure”"."""
    anchor = setting.anchor()
    if anchor is None or setting.sentence is None:
        return None
    above = [w for w in setting.sentence.ancestors(anchor) if _is_cue(setting, w)]
    if len(above) > 1 and _is_reported(setting, above[0]):
        above = above[1:] + above[:1]
    return _first_answer(setting, above)


def _is_reported(setting: Setting, cue: Word) -> bool:
    """Whether the saying is itself told by a cue above: "Lee said she would call it “…”"."""
    sentence = setting.sentence
    assert sentence is not None
    unreal = any(
        w.lemma.lower() in _MODALS or w.text.lower() == "to" for w in sentence.children(cue, "aux", "mark")
    )
    agent = _own_agent(setting, sentence, cue)
    same = agent is not None and agent.text.lower() in ("he", "she", "they", "it")
    return (unreal or same) and cue.deprel not in ("conj", "acl:relcl")


def beside(setting: Setting) -> Finding | None:
    """A cue that the quotation's own words govern, as a parser gives "“…” (Lee said)"."""
    anchor = setting.anchor()
    if anchor is None or setting.sentence is None:
        return None
    below = [w for w in setting.sentence.children(anchor) if _is_cue(setting, w, ("say", "judge", "weak"))]
    return _first_answer(setting, below)


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
            return Finding(cue, _mention(setting, heads[0]))
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
                return Finding(_cue_span(setting, noun), _mention(setting, owner))
    return None


def _by_or_from(setting: Setting, noun: Word) -> Word | None:
    assert setting.sentence is not None
    return next(
        (
            w
            for w in setting.sentence.children(noun, "nmod", "obl")
            if _has_case(setting.sentence, w, "by", "from")
        ),
        None,
    )


def near_cue(setting: Setting) -> Finding | None:
    """A cue right after the quotation without a comma, or the last one before it."""
    after = _cue_after(setting, ("say", "judge"))
    if after and (answer := _answer(setting, after) or _inverted(setting, after)):
        return answer
    cues = [w for w in setting.outside() if w.end <= setting.content.start and _is_cue(setting, w)]
    return _first_answer(setting, reversed(cues))


def weak_cue(setting: Setting) -> Finding | None:
    """A verb that only sometimes means saying, above the quotation: "Lee spoke of “a new dawn”"."""
    anchor = setting.anchor()
    if anchor is None or setting.sentence is None:
        return None
    above = [w for w in setting.sentence.ancestors(anchor) if _is_cue(setting, w, ("weak",))]
    return _first_answer(setting, above)


def colon(setting: Setting) -> Finding | None:
    """The subject of a sentence that a colon joins to the quotation: "Lee was clear: “…”"."""
    if setting.sentence is None or not regex.search(r":\s*\Z", setting.before()):
        return None
    return _first_subject(setting, [w for w in setting.outside() if w.end <= setting.content.start])


def lead_in(setting: Setting) -> Finding | None:
    """A paragraph that opens with the quotation, after one that ends in a colon: "Lee wrote:"."""
    if setting.lead is None or setting.before().strip():
        return None
    led = attrs.evolve(setting, sentence=setting.lead)
    cues = [w for w in setting.lead if _is_cue(led, w, ("say", "judge", "weak"))]
    return _first_answer(led, reversed(cues)) or _first_subject(led, setting.lead)


def _first_subject(setting: Setting, among: Iterable[Word]) -> Finding | None:
    assert setting.sentence is not None
    for word in among:
        if word.deprel in ("nsubj", "nsubj:pass") and _can_speak(setting.sentence, word):
            return Finding(None, _mention(setting, word))
    return None


LOCAL: tuple[Rule, ...] = (
    name_line,
    credit,
    lead_in,
    nickname,
    title,
    term,
    after_quotation,
    introduced,
    governed,
    beside,
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

    @property
    def setting(self) -> Setting:
        """The quotation's own."""
        return self.settings[self.number]

    def spoken(self, number: int) -> bool:
        """Whether that quotation exists and has a speaker."""
        return 0 <= number < len(self.findings) and self.findings[number].mention is not None

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
    number = context.number - 1
    if not context.spoken(number):
        return None
    before = context.settings[number].quotation
    unclosed = before.outer.end == before.content.end
    return context.share(number) if unclosed and not context.setting.before().strip() else None


def _is_speech(setting: Setting) -> bool:
    """Whether the quotation is a sentence of its own, or all but a word or two that join it on ("Now, “…”")."""
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
    setting, number = context.setting, context.number - 1
    if setting.frame.speaks or not context.spoken(number):
        return None
    between = setting.text[context.settings[number].frame.end : setting.frame.start]
    return context.share(number) if not between.strip() else None


CONTEXT: tuple[ContextRule, ...] = (same_sentence, open_paragraph, same_paragraph, paragraph_before)


def find_cues(settings: Sequence[Setting]) -> list[Finding]:
    """Cue and mention of every quotation, in order. A quotation that no rule decides gets an empty Finding."""
    findings = [_decide(LOCAL, setting) for setting in settings]
    for number, finding in enumerate(findings):
        if finding.rule is None:
            findings[number] = _decide(CONTEXT, Context(number, settings, findings))
    return findings


def _decide(rules: Sequence[Callable[[_Case], Finding | None]], case: _Case) -> Finding:
    for rule in rules:
        finding = rule(case)
        if finding is not None:
            return attrs.evolve(finding, rule=rule.__name__)
    return Finding()
