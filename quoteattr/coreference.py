"""From mentions to speakers, over the whole article.

People and bodies are first gathered from every name in the text, then each mention is resolved: a name to
the fullest form of it, a role to its holder, a pronoun to the most salient person that fits, and what stays
without a name to an unnamed voice. In the manner of the deterministic sieves of Lee et al. (Computational
Linguistics 39:4, 2013): the surest evidence first, one entity at a time.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

import attrs
import regex

from quoteattr.layout import paragraphs
from quoteattr.lexicon import words
from quoteattr.names import Name, Sex, compatible, find_names, is_organisation, read_name, sex_of
from quoteattr.schema import Mention, Span, Speaker, SpeakerKind
from quoteattr.syntax import Sentence

_SINGULAR = {"he": "male", "him": "male", "his": "male", "she": "female", "her": "female"}
_WORD = regex.compile(r"[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*")
_ARTICLE = regex.compile(
    r"^(?:the|a|an|one|another|some|this|that|these|those|its|his|her|their|our|my)\s+", regex.I
)


@attrs.define(eq=False)
class _Entity:
    """One person, body or voice while the article is read. Lives inside `resolve` only."""

    name: str
    kind: SpeakerKind
    key: Name
    places: list[int] = attrs.field(factory=list)
    """Start of every mention by name, in characters."""
    forms: dict[str, None] = attrs.field(factory=dict)
    """Every form of the name, in order."""
    roles: set[str] = attrs.field(factory=set)
    """Head nouns of what the text calls them: "secretary", "spokesman"."""
    descriptions: set[str] = attrs.field(factory=set)
    """Those phrases, in small letters without article."""
    sex: Sex | None = None

    def speaker(self) -> Speaker:
        aliases = tuple(form for form in self.forms if form != self.name)
        return Speaker(self.name, self.kind, aliases)


def resolve(
    text: str,
    mentions: Sequence[Mention | None],
    sentences: Iterable[Sentence] = (),
    skip: Sequence[Span] = (),
) -> list[Speaker | None]:
    """Who each mention is.

    Args:
        text: the article.
        mentions: one for each quotation in order; None where nobody speaks.
        sentences: what was parsed, offsets of the article; subjects and appositions are read off it.
        skip: stretches in which names are only talked of (the quoted words): they make people known, and
            count little for whom a pronoun means.

    Returns:
        A speaker for each mention; None for None and for a mention that cannot be resolved ("I").
    """
    return _Resolver(text, tuple(sentences), skip).run(mentions)


class _Resolver:
    def __init__(self, text: str, sentences: tuple[Sentence, ...], skip: Sequence[Span]) -> None:
        self.text = text
        self.skip = [(span.start, span.end) for span in skip]
        self.entities: list[_Entity] = []
        self.by_place: dict[int, _Entity] = {}
        self.spoken: list[tuple[int, _Entity]] = []
        self.paragraphs = [start for start, _ in paragraphs(text)]
        self.subjects = {w.start for s in sentences for w in s if w.deprel.startswith("nsubj")}
        self._gather()
        self._roles(sentences)

    # --- who is in the article

    def _gather(self) -> None:
        spans = find_names(self.text)
        named = [(span, read_name(span.text)) for span in spans]
        named = [(span, name) for span, name in named if name.words]
        # Longer names first, so that "Clinton" finds both Clintons and can tell that it is unclear.
        for span, name in sorted(named, key=lambda item: (-len(item[1].words), item[0].start)):
            entity = self._find(span, name) or self._add(name)
            entity.places.append(span.start)
            entity.sex = entity.sex or sex_of(name)
            if name.title:
                entity.roles.add(name.title[-1])
                entity.descriptions.add(" ".join(name.title))
            self.by_place[span.start] = entity
        for span, name in named:
            self.by_place[span.start].forms.setdefault(name.text)
        for entity in self.entities:
            entity.places.sort()
            entity.sex = entity.sex or self._sex_by_title(entity)

    def _find(self, span: Span, name: Name) -> _Entity | None:
        fits = [e for e in self.entities if e.key.words == name.words or compatible(name, e.key)]
        exact = [e for e in fits if e.key.words == name.words]
        fits = exact or fits
        if len(fits) <= 1:
            return fits[0] if fits else None
        return min(fits, key=lambda e: self._distance(e, span.start))

    def _distance(self, entity: _Entity, place: int) -> float:
        """Characters back to the last mention, or, far worse, forward to the first."""
        before = [place - p for p in entity.places if p < place]
        return min(before) if before else 1e6 + min((p - place for p in entity.places), default=0)

    def _add(self, name: Name) -> _Entity:
        kind: SpeakerKind = "organisation" if is_organisation(name) else "person"
        entity = _Entity(name.text, kind, name)
        self.entities.append(entity)
        return entity

    def _sex_by_title(self, entity: _Entity) -> Sex | None:
        for sex in ("female", "male"):
            if words(f"{sex}_words") & entity.roles:
                return sex
        return None

    def _roles(self, sentences: tuple[Sentence, ...]) -> None:
        """Appositions: "Liz Truss, the foreign secretary," and "the foreign secretary, Liz Truss,"."""
        for sentence in sentences:
            for word in sentence:
                head = sentence.head(word)
                if word.deprel != "appos" or head is None:
                    continue
                for name, role in ((head, word), (word, head)):
                    entity = self._entity_in(sentence, name)
                    if entity is not None and role.upos == "NOUN":
                        entity.roles.add(role.text.lower())
                        phrase = [
                            w.text.lower() for w in sentence.subtree(role) if abs(w.index - role.index) < 4
                        ]
                        entity.descriptions.add(" ".join(phrase))

    def _entity_in(self, sentence: Sentence, word) -> _Entity | None:  # type: ignore[no-untyped-def]
        if word.upos != "PROPN":
            return None
        run = [w for w in sentence.subtree(word) if w.upos == "PROPN"]
        return next((self.by_place[w.start] for w in run if w.start in self.by_place), None)

    # --- who a mention is

    def run(self, mentions: Sequence[Mention | None]) -> list[Speaker | None]:
        known: dict[tuple[int, int], _Entity | None] = {}
        found: list[_Entity | None] = []
        for mention in mentions:
            if mention is None:
                found.append(None)
                continue
            place = (mention.span.start, mention.span.end)
            if place not in known:
                known[place] = self._resolve(mention)
            entity = known[place]
            found.append(entity)
            if entity is not None:
                self.spoken.append((mention.span.start, entity))
        return [entity.speaker() if entity else None for entity in found]

    def _resolve(self, mention: Mention) -> _Entity | None:
        if mention.kind == "pronoun":
            return self._pronoun(mention.span)
        if mention.kind == "name":
            return self._name(mention.span)
        return self._nominal(mention.span)

    def _name(self, span: Span) -> _Entity:
        inside = [(p, e) for p, e in self.by_place.items() if span.start <= p < span.end]
        people = [e for _, e in sorted(inside, key=lambda item: item[0]) if e.kind == "person"]
        if people:
            return people[-1]
        if inside:
            return min(inside, key=lambda item: item[0])[1]
        return self._voice(span)

    def _nominal(self, span: Span) -> _Entity:
        inside = [e for p, e in self.by_place.items() if span.start <= p < span.end]
        tokens = [m.group().lower() for m in _WORD.finditer(span.text)]
        head = _head_noun(tokens)
        bare = _ARTICLE.sub("", span.text.lower())
        definite = tokens[:1] and tokens[0] in ("the", "that", "this", "these", "those")
        if not inside and definite:
            holders = [e for e in self.entities if head in e.roles or bare in e.descriptions]
            exact = [e for e in holders if bare in e.descriptions or _ends(e.descriptions, bare)]
            fits = exact or holders
            if fits:
                return min(fits, key=lambda e: self._distance(e, span.start))
        if definite or not inside:
            same = [e for p, e in reversed(self.spoken) if e.kind == "unnamed" and head in e.roles]
            if same and definite:
                return same[0]
        if definite and tokens[0] == "the" and self._body(tokens):
            return self._voice(span, "organisation")
        return self._voice(span)

    def _body(self, tokens: list[str]) -> bool:
        return bool(tokens) and tokens[-1] in words("organisation_words")

    def _voice(self, span: Span, kind: SpeakerKind = "unnamed") -> _Entity:
        name = _ARTICLE.sub("", span.text)
        tokens = [m.group().lower() for m in _WORD.finditer(span.text)]
        for entity in self.entities:
            if entity.kind == kind and entity.name.lower() == name.lower():
                return entity
        entity = _Entity(name, kind, Name(name, tuple(tokens), ()))
        entity.roles.add(_head_noun(tokens))
        entity.places.append(span.start)
        entity.forms[name] = None
        head = set(tokens)
        entity.sex = (
            "female" if head & words("female_words") else "male" if head & words("male_words") else None
        )
        self.entities.append(entity)
        return entity

    def _pronoun(self, span: Span) -> _Entity | None:
        word = span.text.lower()
        if word in _SINGULAR:
            return self._person(span, _SINGULAR[word])
        if word in ("they", "it"):
            return self._body_before(span, plural=word == "they")
        return None

    def _person(self, span: Span, sex: str) -> _Entity | None:
        fits = [
            e
            for e in self.entities
            if e.kind != "organisation" and e.sex in (None, sex) and any(p < span.start for p in e.places)
        ]
        spoken = {id(e) for _, e in self.spoken}
        best = max(fits, key=lambda e: self._salience(e, span.start, sex, id(e) in spoken), default=None)
        if best is not None:
            best.sex = best.sex or sex  # type: ignore[assignment]
        return best

    def _salience(self, entity: _Entity, place: int, sex: str, spoke: bool) -> float:
        """How likely a pronoun at `place` means the entity: near, subject, speaker, often named."""
        here = bisect_left(self.paragraphs, place + 1)
        score = 0.0
        for p in entity.places:
            if p >= place:
                continue
            back = here - bisect_left(self.paragraphs, p + 1)
            if back > 6:
                continue
            weight = 1.0 / (1 + back)
            if p in self.subjects:
                weight *= 2
            if self._quoted(p):
                weight *= 0.2
            score = max(score, weight)
        last = next((e for p, e in reversed(self.spoken) if p < place), None)
        if last is entity:
            score += 1.0
        if entity.sex == sex:
            score += 0.5
        if (
            len(entity.key.words) == 1
            and entity.kind == "person"
            and entity.sex is None
            and not entity.roles
            and not spoke
        ):
            score -= 0.6
        return score + 0.05 * min(5, len(entity.places))

    def _quoted(self, place: int) -> bool:
        at = bisect_left(self.skip, (place + 1, 0)) - 1
        return at >= 0 and self.skip[at][0] <= place < self.skip[at][1]

    def _body_before(self, span: Span, plural: bool) -> _Entity | None:
        bodies = [e for e in self.entities if e.kind != "person" and any(p < span.start for p in e.places)]
        return min(bodies, key=lambda e: self._distance(e, span.start), default=None)


def _head_noun(tokens: list[str]) -> str:
    """The noun a phrase is about: "a spokesman for the mayor" → "spokesman"."""
    stops = {"of", "for", "at", "in", "from", "with", "who", "to", "on", "near", "by", "and"}
    end = next((i for i, token in enumerate(tokens) if token in stops and i), len(tokens))
    return tokens[end - 1] if tokens else ""


def _ends(descriptions: set[str], bare: str) -> bool:
    return any(d == bare or d.endswith(" " + bare) or bare.endswith(" " + d) for d in descriptions)
