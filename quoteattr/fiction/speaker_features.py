"""What speaks for and against each character as the speaker of each quotation of a scene."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from typing import Any

from quoteattr.fiction.characters import Character
from quoteattr.fiction.scenes import Book, Scene, Turn, pronoun_gender
from quoteattr.lexicon import word_list
from quoteattr.names import Gender

FEATURES = (
    "tag name",
    "tag name other",
    "tag first person",
    "tag first person other",
    "tag pronoun coreference",
    "tag pronoun same gender",
    "tag pronoun other gender",
    "tag pronoun no gender",
    "tag pronoun latest",
    "tag pronoun second",
    "tag pronoun subject",
    "tag pronoun in paragraph",
    "tag pronoun narrator",
    "tag pronoun unnamed",
    "tag pronoun plural",
    "tag noun coreference",
    "tag noun other gender",
    "tag noun spouse",
    "tag noun named",
    "tag noun other unnamed",
    "tag plural",
    "beat coreference",
    "beat named",
    "beat other gender",
    "beat same gender",
    "beat first person",
    "paragraph subject",
    "paragraph named",
    "paragraph before subject",
    "paragraph before named",
    "paragraph before last",
    "paragraph after subject",
    "addressed",
    "named in words",
    "introduces",
    "addressed before",
    "addressed after",
    "named in words before",
    "address gender before same",
    "address gender before other",
    "address gender after same",
    "address gender after other",
    "tagged before 1",
    "tagged before 3",
    "tagged before 8",
    "tagged after 1",
    "tagged after 3",
    "tagged after 8",
    "never tagged in scene",
    "tagged in scene before",
    "named within 2",
    "named within 6",
    "named within 15",
    "not named near",
    "share of scene",
    "share of book",
    "share of tags",
    "unnamed",
    "unnamed untagged",
    "tags of unnamed",
    "plural",
    "narrator",
    "narrator untagged",
    "speaks in book",
    "given",
)
"""The names of the features."""
NUMBER = {name: number for number, name in enumerate(FEATURES)}


def scene_features(book: Book, scene: Scene) -> Any:
    """Returns the features of each character for each quotation: an array of quotations, characters,
    features."""
    import numpy as np

    values = np.zeros((len(scene.turns), len(scene.present), len(FEATURES)), np.float32)
    _Reader(book, scene, values).read()
    return values


class _Reader:
    def __init__(self, book: Book, scene: Scene, values: Any) -> None:
        self._book, self._scene, self._values = book, scene, values
        self._genders = [who.gender for who in scene.present]
        self._narrator = book.narrator.character if book.narrator else None

    def _set(self, row: int, who: Character | None, name: str, value: float = 1.0) -> None:
        if who is not None and (at := self._scene.index.get(who)) is not None:
            self._values[row, at, NUMBER[name]] = value

    def _set_gender(
        self, row: int, gender: Gender | None, same: str | None, other: str | None, unknown: str | None = None
    ) -> None:
        if gender is None:
            return
        for at, known in enumerate(self._genders):
            name = unknown if known is None else same if known == gender else other
            if name:
                self._values[row, at, NUMBER[name]] = 1.0

    def read(self) -> None:
        """Fills the array."""
        self._read_constant()
        for row, turn in enumerate(self._scene.turns):
            self._read_tag(row, turn)
            self._read_beat(row, turn)
            self._read_narration(row, turn)
            self._read_presence(row, turn)
        self._read_words()
        self._read_tagged()

    def _read_constant(self) -> None:
        import numpy as np

        book, scene = self._book, self._scene
        start, end = scene.turns[0].span.start - 2000, scene.turns[-1].span.end
        sites = [site.character for site in book.table.named_in(start, end)]
        tags = Counter(
            who for turn in scene.turns if turn.tag and (who := book.spoken[turn.number]) is not None
        )
        most = max((who.count for who in book.table.characters), default=1) or 1
        for at, who in enumerate(scene.present):
            column = self._values[:, at]
            column[:, NUMBER["share of scene"]] = sites.count(who) / (len(sites) or 1)
            column[:, NUMBER["share of tags"]] = tags[who] / (tags.total() or 1)
            column[:, NUMBER["share of book"]] = np.log1p(who.count) / np.log1p(most)
            column[:, NUMBER["unnamed"]] = who.kind == "unnamed" and who is not self._narrator
            column[:, NUMBER["tags of unnamed"]] = (
                min(3.0, np.log1p(book.tags[who])) if who.kind == "unnamed" else 0.0
            )
            column[:, NUMBER["tagged in scene before"]] = who in scene.lasting
            column[:, NUMBER["plural"]] = who.plural
            column[:, NUMBER["narrator"]] = who is self._narrator
            column[:, NUMBER["speaks in book"]] = who in book.speaking
            column[:, NUMBER["given"]] = who.given

    def _read_tag(self, row: int, turn: Turn) -> None:
        if turn.tag is None:
            if self._narrator is not None:
                self._set(row, self._narrator, "narrator untagged")
            for other in self._scene.present:
                if other.kind == "unnamed" and other is not self._narrator:
                    self._set(row, other, "unnamed untagged")
            return
        book = self._book
        who = book.spoken[turn.number]
        word = turn.tag.span.text.casefold()
        if word in word_list("fiction", "narrator_pronouns"):
            for other in self._scene.present:
                self._set(
                    row, other, "tag first person" if other is self._narrator else "tag first person other"
                )
        elif turn.tag.kind == "name":
            for other in self._scene.present:
                self._set(row, other, "tag name" if other is who else "tag name other")
        elif turn.tag.kind == "nominal":
            self._set(row, who, "tag noun coreference")
            self._set_gender(row, pronoun_gender(turn.tag), None, "tag noun other gender")
            self._read_spouse(row, turn)
            for other in self._scene.present:
                if other is not who:
                    self._set(
                        row, other, "tag noun other unnamed" if other.kind == "unnamed" else "tag noun named"
                    )
        else:
            self._read_pronoun(row, turn, who)

    def _read_spouse(self, row: int, turn: Turn) -> None:
        """Reads "her husband" and "his wife": the other one with the surname."""
        assert turn.tag is not None
        noun = turn.tag.span.text.casefold().split()[-1]
        wanted: Gender | None = (
            "male" if noun == "husband" else "female" if noun in ("wife", "lady") else None
        )
        if wanted is None:
            return
        surnames = {
            form.words[-1]
            for site in self._book.table.named_in(turn.span.start - 4000, turn.span.start)
            if site.character.gender not in (None, wanted)
            for form in site.character.keys
            if {"mr", "mrs", "sir", "lady", "madame", "monsieur"} & set(form.titles)
        }
        for other in self._scene.present:
            if other.gender == wanted and any(
                form.words
                and form.words[-1] in surnames
                and {"mr", "mrs", "sir", "lady", "madame", "monsieur"} & set(form.titles)
                for form in other.keys
            ):
                self._set(row, other, "tag noun spouse")

    def _read_pronoun(self, row: int, turn: Turn, who: Character | None) -> None:
        assert turn.tag is not None
        gender = pronoun_gender(turn.tag)
        if gender is None:
            for other in self._scene.present:
                if other.plural:
                    self._set(row, other, "tag plural")
            self._set(row, who, "tag noun coreference")
            return
        self._set(row, who, "tag pronoun coreference")
        self._set_gender(
            row, gender, "tag pronoun same gender", "tag pronoun other gender", "tag pronoun no gender"
        )
        self._set(row, self._narrator, "tag pronoun narrator")
        for other in self._scene.present:
            if other.kind == "unnamed" and other is not self._narrator:
                self._set(row, other, "tag pronoun unnamed")
            if other.plural:
                self._set(row, other, "tag pronoun plural")
        latest: list[Character] = []
        book = self._book
        at = bisect_left(book.outside, turn.tag.span.start, key=lambda site: site.start)
        start = book.starts[turn.paragraph]
        for site in reversed(book.outside[max(0, at - 12) : at]):
            other = site.character
            if other.gender not in (None, gender) or other.plural:
                continue
            if site.start >= start:
                self._set(row, other, "tag pronoun in paragraph")
            if other not in latest:
                if len(latest) < 2:
                    self._set(row, other, "tag pronoun second" if latest else "tag pronoun latest")
                if not latest and book.index.role(site.start, site.end) != "other":
                    self._set(row, other, "tag pronoun subject")
                latest.append(other)

    def _read_beat(self, row: int, turn: Turn) -> None:
        if turn.beat is None:
            return
        who = self._book.spoken[turn.number]
        word = turn.beat.span.text.casefold()
        if word in word_list("fiction", "narrator_pronouns"):
            self._set(row, self._narrator, "beat first person")
        elif turn.beat.kind == "name":
            self._set(row, who, "beat named")
        else:
            self._set(row, who, "beat coreference")
            self._set_gender(row, pronoun_gender(turn.beat), "beat same gender", "beat other gender")

    def _read_narration(self, row: int, turn: Turn) -> None:
        """Reads the names in the narration of the paragraph, of the one before and of the one after."""
        if turn.tag is not None:
            return
        book = self._book
        start = book.starts[turn.paragraph]
        end = (
            book.starts[turn.last_paragraph + 1]
            if turn.last_paragraph + 1 < len(book.starts)
            else len(book.text)
        )
        for site in self._outside(start, end):
            role = book.index.role(site.start, site.end)
            self._set(row, site.character, "paragraph named" if role == "other" else "paragraph subject")
        if turn.paragraph:
            before = self._outside(book.starts[turn.paragraph - 1], start)
            for site in before:
                role = book.index.role(site.start, site.end)
                name = "paragraph before named" if role == "other" else "paragraph before subject"
                self._set(row, site.character, name)
            if before:
                self._set(row, before[-1].character, "paragraph before last")

    def _outside(self, start: int, end: int) -> list[Any]:
        sites = self._book.outside
        first = bisect_left(sites, start, key=lambda site: site.start)
        return list(sites[first : bisect_left(sites, end, key=lambda site: site.start)])

    def _read_presence(self, row: int, turn: Turn) -> None:
        book = self._book
        first = max(0, turn.paragraph - 15)
        nearest: dict[Character, int] = {}
        for site in self._outside(book.starts[first], turn.span.start):
            nearest[site.character] = turn.paragraph - book.paragraph(site.start)
        for who in self._scene.present:
            distance = nearest.get(who)
            if distance is None:
                self._set(row, who, "not named near")
            else:
                self._set(row, who, f"named within {2 if distance <= 2 else 6 if distance <= 6 else 15}")

    def _read_words(self) -> None:
        """Reads names and address in the words of each quotation; they count for its whole paragraph."""
        turns = self._scene.turns
        groups: list[list[int]] = []
        for row, turn in enumerate(turns):
            if row and turn.link in ("same_paragraph", "continued"):
                groups[-1].append(row)
            else:
                groups.append([row])
        for number, rows in enumerate(groups):
            for row in rows:
                for other in rows:
                    self._read_own(row, turns[other])
                if number and turns[groups[number][0]].link != "new_tag":
                    for other in groups[number - 1]:
                        self._read_neighbour(row, turns[other], "before")
                if number + 1 < len(groups):
                    for other in groups[number + 1]:
                        self._read_neighbour(row, turns[other], "after")

    def _read_own(self, row: int, turn: Turn) -> None:
        for who in turn.addressed:
            self._set(row, who, "addressed")
        for who in turn.named:
            self._set(row, who, "named in words")
        for who in turn.introduced:
            self._set(row, who, "introduces")

    def _read_neighbour(self, row: int, turn: Turn, side: str) -> None:
        for who in turn.addressed:
            self._set(row, who, f"addressed {side}")
        if side == "before":
            for who in turn.named:
                self._set(row, who, "named in words before")
        self._set_gender(row, turn.address, f"address gender {side} same", f"address gender {side} other")

    def _read_tagged(self) -> None:
        """Reads who is named as the speaker of quotations nearby."""
        book, turns = self._book, self._scene.turns
        tagged = [
            book.spoken[t.number]
            if t.tag is not None and (t.tag.kind != "pronoun" or book.spoken[t.number] is self._narrator)
            else None
            for t in turns
        ]
        seen = set(tagged)
        for at, who in enumerate(self._scene.present):
            if who not in seen:
                self._values[:, at, NUMBER["never tagged in scene"]] = 1.0
        for side, step in (("before", 1), ("after", -1)):
            rows = range(len(turns))[::step]
            last: dict[Character, int] = {}
            for row in rows:
                for who, other in last.items():
                    distance = abs(turns[row].paragraph - turns[other].paragraph)
                    if distance <= 8 and distance:
                        self._set(
                            row, who, f"tagged {side} {1 if distance <= 1 else 3 if distance <= 3 else 8}"
                        )
                if (here := tagged[row]) is not None:
                    last[here] = row
