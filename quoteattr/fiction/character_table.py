"""Joins the names of a novel or story into characters, over the whole text.

News names a person in full and then by surname. A novel calls the same woman Elizabeth, Lizzy, Miss Bennet
and Miss Elizabeth Bennet, and a family shares one surname: Mr., Mrs. and Miss Bennet are different people.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

import regex

from quoteattr.coreference.name_gathering import FoundName
from quoteattr.fiction.character_names import names_of_characters
from quoteattr.fiction.characters import (
    Character,
    CharacterNames,
    CharacterTable,
    Form,
    Site,
    gender_of_titles,
    has_courtesy,
    plain_name,
    read_form,
)
from quoteattr.lexicon import word_pairs
from quoteattr.names import Gender, given_names
from quoteattr.schema import Span

_OWNER = regex.compile(r"['’]s?\Z")
_LEAST_SHARE = 0.03
"""Least share of a character's names that the fullest form of the name must have to be the name: Elizabeth,
whom one in a hundred names calls Elizabeth Bennet, is Elizabeth. Set by hand."""
_LEAST_TITLED = 0.05
"""Least share of a character's names with a title that makes the title part of the name. Set by hand."""
_MAJORITY = 2
"""How many times as frequent the pronouns of one gender must be. Set by hand."""
_PRONOUN_WITHIN = 160
"""Characters after a name in which the next pronoun is read."""
_PRONOUN = regex.compile(
    r"\b(?:(?<male>he|his|him|himself)|(?<female>she|her|hers|herself))\b", regex.IGNORECASE
)


def build_character_table(
    text: str, found: Sequence[FoundName], quoted: Sequence[Span], given: CharacterNames = ()
) -> CharacterTable:
    """Joins the names of a text into characters.

    Args:
        text: the text.
        found: its names.
        quoted: its quoted words; pronouns in them are not read.
        given: the people whom the caller names.
    """
    kept = _with_given(text, names_of_characters(text, found), given)
    builder = _Builder(given)
    counts = Counter(form for span in kept if (form := read_form(span.text)).words)
    for form, _ in sorted(
        counts.items(), key=lambda item: (-len(item[0].words), not item[0].titles, -item[1])
    ):
        builder.add(form, counts)
    for form in counts:
        if form.words[-1:] and form.words[-1].endswith("s"):
            builder.of[form].plural = Form((), (form.words[-1][:-1],)) in counts or form.words[-1].endswith(
                "eses"
            )
    sites = []
    latest: dict[str, Character] = {}
    for span in kept:
        form = read_form(span.text)
        if not form.words:
            if form.titles[-1] not in latest:
                continue
            character = latest[form.titles[-1]]
            sites.append(Site(span.start, span.end, character))
            continue
        character = builder.of[form]
        latest.update(dict.fromkeys(form.titles, character))
        character.forms[_shown(span.text)] += 1
        character.keys[form] += 1
        character.sites.append(span.start)
        sites.append(Site(span.start, span.end, character))
    used = [character for character in builder.characters if character.sites]
    _learn_genders(text, sites, quoted)
    for character in used:
        character.name = character.name or _fullest(character)
    used.sort(key=lambda character: -character.count)
    return CharacterTable(used, sites, _forms(used))


def _with_given(text: str, names: Sequence[Span], given: CharacterNames) -> list[Span]:
    """The names together with the forms of the given people where no name was found."""
    if not given:
        return list(names)
    starts = [span.start for span in names]
    result, end = list(names), 0
    for start, stop in sorted(_occurrences(text, given), key=lambda place: (place[0], -place[1])):
        at = bisect_left(starts, stop)
        if start >= end and (not at or names[at - 1].end <= start):
            result.append(Span.of(text, start, stop))
            end = stop
    return sorted(result, key=lambda span: span.start)


def _occurrences(text: str, given: CharacterNames) -> Iterator[tuple[int, int]]:
    """Yields where the forms of given people stand in the text as whole words."""
    for form in {form for forms in given for form in forms if form}:
        start = text.find(form)
        while start >= 0:
            stop = start + len(form)
            if not _is_word(text[start - 1 : start]) and not _is_word(text[stop : stop + 1]):
                yield start, stop
            start = text.find(form, stop)


def _is_word(character: str) -> bool:
    return character.isalnum() or character == "_"


def _shown(text: str) -> str:
    text = " ".join(_OWNER.sub("", text).split())
    return " ".join(word.title() if word.isupper() and len(word) > 3 else word for word in text.split())


def _forms(characters: Iterable[Character]) -> dict[str, Character]:
    found: dict[str, Character] = {}
    for character in characters:
        for form in [character.name, *character.forms]:
            found.setdefault(plain_name(form), character)
    return found


def _fullest(character: Character) -> str:
    """The form with the most words that the text uses often enough; with its title if it is one surname."""
    least = character.count * _LEAST_SHARE
    lengths = Counter[int]()
    for form, count in character.keys.items():
        lengths[len(form.words)] += count
    most = max(length for length, count in lengths.items() if count >= least)
    best = max(
        (shown for shown in character.forms if len(read_form(shown).words) == most),
        key=lambda s: character.forms[s],
    )
    if most > 1:
        form = read_form(best)
        return best.split(maxsplit=len(form.titles))[-1] if form.titles else best
    same = read_form(best).words
    titled = [s for s in character.forms if has_courtesy(read_form(s)) and read_form(s).words == same]
    often = max(titled, key=lambda s: character.forms[s], default=best)
    bare = same[0] in given_names() or same[0] in word_pairs("fiction", "nicknames")
    return best if bare or character.forms[often] < _LEAST_TITLED * character.count else often


class _Builder:
    """Assigns forms to characters, the longest and most frequent first."""

    def __init__(self, given: CharacterNames) -> None:
        self.characters: list[Character] = []
        self.of: dict[Form, Character] = {}
        self._given: dict[Form, Character] = {}
        for forms in given:
            character = Character(forms[0], given=True)
            self.characters.append(character)
            for text in forms:
                form = read_form(text)
                self._given.setdefault(form, character)
                character.gender = character.gender or form.gender
                character.keys[form] += 0

    def add(self, form: Form, counts: Mapping[Form, int]) -> None:
        """Assigns a form to a character that is known, or to a new one."""
        fits = self._given.get(form) or self._given.get(Form((), form.words)) or self._fit(form, counts)
        if fits is None:
            fits = Character("", gender=form.gender)
            self.characters.append(fits)
        shown = gender_of_titles(form.titles)
        fits.gender = fits.gender or shown or form.given_gender
        fits.keys[form] += 0
        self.of[form] = fits

    def _fit(self, form: Form, counts: Mapping[Form, int]) -> Character | None:
        scored = [
            (score, sum(counts.get(key, 0) for key in character.keys), -number)
            for number, character in enumerate(self.characters)
            if (score := max((_match(form, key, character) for key in character.keys), default=0)) > 0
        ]
        if not scored:
            return None
        best = max(scored)
        if best[0] > 1 and not self._is_bare_surname(form, self.characters[-best[2]]):
            return self.characters[-best[2]]
        return self._of_surname(form, [self.characters[-number] for _, _, number in sorted(scored)[::-1]])

    def _is_bare_surname(self, form: Form, who: Character) -> bool:
        """Whether a form is a surname without title and the character is known by it only with a title."""
        alone = len(form.words) == 1 and not form.titles
        return alone and all(key.titles and key.words == form.words for key in who.keys)

    def _of_surname(self, form: Form, fits: Sequence[Character]) -> Character | None:
        """The one of several people with a surname whom a form means. Without a title it is a man, if there
        is one;
        "Miss Bennet" is the eldest, who is never "Miss Jane"."""
        shown = gender_of_titles(form.titles)
        if not form.titles:
            return next((one for one in fits if one.gender == "male"), fits[0])
        family = [
            one for one in self.characters if any(form.words[-1:] == key.words[-1:] for key in one.keys)
        ]
        if shown:
            family = [one for one in family if one.gender == shown] or family
        if len(family) == 1:
            return family[0] if family[0] in fits else None
        if (
            form.married is False
            and len(called := [one for one in family if _is_called_miss(one, form)]) == 1
        ):
            return called[0] if called[0] in fits else None
        if form.married is False:
            family = [
                one
                for one in family
                if not any(
                    k.married is False and k.words[:1] == key.words[:1]
                    for key in one.keys
                    if len(key.words) > 1
                    for k in one.keys
                )
            ]
            family = [one for one in family if one in fits]
            return family[0] if len(family) == 1 else None
        return None


def _is_called_miss(who: Character, form: Form) -> bool:
    """Whether somebody is called Miss with first name and a surname."""
    return any(key.married is False and key.words[1:] == form.words for key in who.keys)


def _match(form: Form, key: Form, character: Character) -> int:
    """How well a form fits a form of a character: 3 the same words, 2 first names, 1 the surname; 0 not at
    all."""
    gender = gender_of_titles(form.titles)
    if gender and character.gender and gender != character.gender:
        return 0
    married = {other.married for other in character.keys} - {None}
    opposed = form.married is not None and bool(married) and form.married not in married
    if opposed and not (len(key.words) > 1 and form.words[:1] == key.words[:1]):
        return 0
    if form.words == key.words:
        return 3
    if not form.words or not key.words:
        return 0
    given, other = _full(form.words[0]), _full(key.words[0])
    if len(form.words) > 1 and len(key.words) > 1:
        same_last = form.words[-1] == key.words[-1]
        first_names = given == other or form.words[0][0] == key.words[0] or form.words[0] == key.words[0][0]
        inside = set(form.words) <= set(key.words) or set(key.words) <= set(form.words)
        return 3 if (same_last and first_names) or inside else 0
    short, long = (form, key) if len(form.words) <= len(key.words) else (key, form)
    if len(long.words) == 1:
        known = form.words[0] in given_names() or form.words[0] in word_pairs("fiction", "nicknames")
        return 2 if given == other and known and not form.titles and not _mostly_titled(character) else 0
    if _full(short.words[0]) == _full(long.words[0]):
        if short.words[0] != long.words[0]:
            return 0 if short.titles or _mostly_titled(character) else 2
        surname = (
            short.titles and _SURNAME_TITLES.intersection(short.titles) and long.words[0] not in given_names()
        )
        return 0 if surname else 2
    if short.words[0] in long.words[1:-1]:
        return 2
    if short.words[0] == long.words[-1]:
        shown = gender_of_titles(short.titles)
        return 0 if shown and long.gender and shown != long.gender else 1
    return 0


_SURNAME_TITLES = frozenset(
    "mr mrs dr doctor colonel captain major general lieutenant professor inspector".split()
)


def _mostly_titled(character: Character) -> bool:
    """Whether the text seldom leaves out the title of a character's first name: "Lady Catherine"."""
    return any(
        key.titles and set(key.titles) & {"lady", "sir", "lord", "mr", "mrs", "miss"} and len(key.words) == 1
        for key in character.keys
    )


def _full(word: str) -> str:
    return word_pairs("fiction", "nicknames").get(word, word)


def _learn_genders(text: str, sites: Sequence[Site], quoted: Sequence[Span]) -> None:
    """Infers the gender of characters from the pronouns that follow their names outside quoted words."""
    votes: dict[Character, Counter[Gender]] = defaultdict(Counter)
    starts = [span.start for span in quoted]
    for site, after in pairwise([*sites, None]):
        assert site is not None
        end = min(site.end + _PRONOUN_WITHIN, after.start if after else len(text))
        at = bisect_left(starts, site.start)
        if at and quoted[at - 1].end > site.start:
            continue
        end = min(end, starts[at] if at < len(starts) else end)
        if match := _PRONOUN.search(text, site.end, max(end, site.end)):
            votes[site.character]["male" if match["male"] else "female"] += 1
    for character, counts in votes.items():
        titled = any(gender_of_titles(form.titles) for form in character.keys)
        (gender, most), *rest = counts.most_common()
        other = rest[0][1] if rest else 0
        if titled and character.gender:
            continue
        if (character.gender is None and most > other * _MAJORITY) or (most > 2 and most > other * 3):
            character.gender = gender
