"""Texts that a pattern may be slow on, made from the pattern itself, and how its time grows with them."""

from __future__ import annotations

import ast
import importlib
import math
import random
import re
import time
from collections.abc import Callable, Collection, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import attrs
import regex

import quoteattr

AnyPattern = re.Pattern[str] | regex.Pattern[str]

ROOT = Path(quoteattr.__file__).parent
CHARACTERS = "Aa7é\N{COMBINING ACUTE ACCENT} \n\N{NO-BREAK SPACE}.,:;!?…-–—'’‘\"“”()[]@#&/_…·\\\t\r\0😀"
"""One or more of each class of characters that the patterns tell apart."""


# Patterns of the package


@attrs.frozen
class Compiled:
    """A compiled pattern of the package."""

    name: str
    """Module and variable: "parsing.frames._WORD"."""
    pattern: AnyPattern
    methods: frozenset[str]
    """Those called on the variable anywhere in the package; empty where none is called by this name."""


def _modules() -> Iterator[Any]:
    """The modules that compile patterns."""
    for path in sorted(ROOT.rglob("*.py")):
        if regex.search(r"\bre(?:gex)?\.compile\(", path.read_text(encoding="utf-8")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            yield importlib.import_module(".".join(("quoteattr", *parts)))


def _patterns_in(value: Any, name: str, depth: int = 3) -> Iterator[tuple[str, AnyPattern]]:
    """The patterns in a variable: itself, or items, values and fields of what it holds."""
    # A pattern of bytes is one class of control characters, which is searched once for each byte.
    if isinstance(value, (re.Pattern, regex.Pattern)) and isinstance(value.pattern, str):
        yield name, value
    elif depth and isinstance(value, (tuple, list, set, frozenset)):
        for at, item in enumerate(value):
            yield from _patterns_in(item, f"{name}[{at}]", depth - 1)
    elif depth and isinstance(value, dict) and not name.endswith("__"):
        for key, item in value.items():
            yield from _patterns_in(item, f"{name}[{key!r}]", depth - 1)
    elif depth and type(value).__module__.startswith("quoteattr.") and attrs.has(type(value)):
        for field in attrs.fields(type(value)):
            yield from _patterns_in(getattr(value, field.name, None), f"{name}.{field.name}", depth - 1)
    elif depth and isinstance(value, type) and value.__module__.startswith("quoteattr."):
        for key, item in vars(value).items():
            yield from _patterns_in(item, f"{name}.{key}", 0)


@cache
def _calls() -> dict[str, set[str]]:
    """For each name on which a method of patterns is called in the package, the methods."""
    calls: dict[str, set[str]] = {}
    for path in ROOT.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and isinstance(node.value, (ast.Name, ast.Attribute)):
                name = node.value.id if isinstance(node.value, ast.Name) else node.value.attr
                calls.setdefault(name, set()).add(node.attr)
    return calls


@cache
def compiled_patterns() -> tuple[Compiled, ...]:
    """Every compiled pattern of the package, once."""
    named: dict[int, list[str]] = {}
    patterns: dict[int, AnyPattern] = {}
    for module in _modules():
        within = module.__name__.removeprefix("quoteattr.")
        for variable, value in vars(module).items():
            for name, pattern in _patterns_in(value, f"{within}.{variable}"):
                patterns[id(pattern)] = pattern
                named.setdefault(id(pattern), []).append(name)
    return tuple(
        Compiled(named[key][0], pattern, _methods_called(named[key])) for key, pattern in patterns.items()
    )


def _methods_called(names: Collection[str]) -> frozenset[str]:
    called = [_calls().get(name.rpartition(".")[2], set()) & set(METHODS) for name in names]
    return frozenset().union(*called) if all(called) else frozenset()


def uncollected() -> list[str]:
    """Uses of `re` and `regex` that no variable of a module holds: in a function, or as `re.search(…)`."""
    found = []
    for path in ROOT.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        functions = [node for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.Lambda))]
        inside = {id(node) for function in functions for node in ast.walk(function)}
        for node in ast.walk(tree):
            match node:
                case ast.Call(func=ast.Attribute(value=ast.Name(id="re" | "regex"), attr=method)):
                    if method in METHODS or (method == "compile" and id(node) in inside):
                        found.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    return found


# Texts made from a pattern

Node = tuple[Any, ...]
"""("text", choices), ("all", nodes), ("any", nodes) or ("repeat", node, least, most)."""

_PIECE = regex.compile(
    r"""
      (?<space> \s+ | \#[^\n]*+ )                                     # only in verbose patterns
    | (?<look> \( \? <? [=!] )
    | (?<open> \( (?: \? (?: : | > | P?<\w+> | [a-z]*(?:-[a-z]+)?: ) )? )
    | (?<flags> \( \? [a-z]+ \) )
    | (?<close> \) ) | (?<bar> \| )
    | (?<quantifier> (?: [*+?] | \{ (?<least> \d* ) (?<comma> , )? (?<most> \d* ) \} ) [+?]? )
    | (?<anchor> [\^$] | \\ [AZbBG] )
    | (?<one> \[ \^? \]? (?: \\. (?: \{ [^}]* \} )? | [^\]\\] )* \]
            | \\ [pPN] \{ [^}]* \} | \\ x [\da-f]{2} | \\ u [\da-f]{4} | \\ U [\da-f]{8} | \\. | . )
    """,
    regex.VERBOSE | regex.DOTALL | regex.IGNORECASE,
)


def read_pattern(pattern: AnyPattern) -> Node:
    """The parts of a pattern. Assertions are left out: what is made of it need not match."""
    verbose = bool(pattern.flags & re.VERBOSE)
    pieces = [p for p in _PIECE.finditer(pattern.pattern) if not (verbose and p["space"])]
    position = 0

    def alternatives() -> Node:
        nonlocal position
        branches: list[list[Node]] = [[]]
        while position < len(pieces) and not pieces[position]["close"]:
            piece = pieces[position]
            position += 1
            if piece["bar"]:
                branches.append([])
            elif piece["open"] or piece["look"]:
                inner = alternatives()
                position += 1
                branches[-1].append(("all", []) if piece["look"] else inner)
            elif piece["quantifier"] and branches[-1]:
                branches[-1].append(_repeated(branches[-1].pop(), piece))
            elif piece["one"] or piece["space"]:
                branches[-1].append(("text", _members(piece[0], pattern)))
        return ("any", [("all", branch) for branch in branches])

    return alternatives()


def _repeated(node: Node, piece: regex.Match[str]) -> Node:
    sign = piece["quantifier"][0]
    if sign != "{":
        return ("repeat", node, int(sign == "+"), 1 if sign == "?" else math.inf)
    least = int(piece["least"] or 0)
    most = least if not piece["comma"] else int(piece["most"]) if piece["most"] else math.inf
    return ("repeat", node, least, most)


def _members(piece: str, pattern: AnyPattern) -> list[str]:
    """The characters that one piece of a pattern matches, of those that its pattern tells apart."""
    one = (regex if isinstance(pattern, regex.Pattern) else re).compile(piece, pattern.flags & ~re.VERBOSE)
    return [c for c in characters_of(pattern) if one.fullmatch(c)] or [""]


@cache
def characters_of(pattern: AnyPattern) -> str:
    literal = regex.sub(r"\\[pPN]\{[^}]*\}|\\\w|\(\?<?\w*>?|\s", "", pattern.pattern)
    return "".join(dict.fromkeys(CHARACTERS + literal))


def sample(node: Node, rng: random.Random, few: Collection[str] = ()) -> str:
    """A text that the pattern may match, of the characters in `few` where it can be."""
    kind, held = node[0], node[1]
    if kind == "text":
        return str(rng.choice([c for c in held if c in few] or held))
    if kind == "all":
        return "".join(sample(each, rng, few) for each in held)
    if kind == "any":
        return sample(rng.choice(held), rng, few) if held else ""
    least, most = node[2], node[3]
    times = least if rng.random() < 0.4 else min(most, max(1, least) + rng.randint(0, 2))
    return "".join(sample(held, rng, few) for _ in range(int(times)))


def repeats(node: Node, rng: random.Random, before: str = "") -> Iterator[tuple[str, Node]]:
    """Each part that may come again and again, with a text that leads up to it."""
    kind, held = node[0], node[1]
    if kind == "all":
        for each in held:
            yield from repeats(each, rng, before)
            before += sample(each, rng)
    elif kind == "any":
        for each in held:
            yield from repeats(each, rng, before)
    elif kind == "repeat":
        if node[3] > 3:
            yield before, held
        yield from repeats(held, rng, before)


ENDS = ("\0", "\n", "", "a", " ")


@attrs.frozen
class Attack:
    """A text of any length: what leads into a pattern, then a unit again and again, then an end."""

    before: str
    unit: str
    end: str = "\0"

    def text(self, length: int) -> str:
        return self.before + (self.unit * (length // len(self.unit) + 1))[:length] + self.end


def attacks(pattern: AnyPattern, seed: int, rounds: int) -> list[Attack]:
    """Repeats of the pattern's own alphabet, of what its repeats match, and of near misses of the whole."""
    rng, node = random.Random(seed), read_pattern(pattern)
    alphabet = [c for c in characters_of(pattern) if c != "\0"]
    found = [Attack("", character) for character in alphabet]
    for _ in range(rounds):
        few = rng.sample(alphabet, 3)
        for before, body in repeats(node, rng):
            unit = "".join(sample(body, rng, few) for _ in range(rng.choice((1, 1, 1, 2))))
            # `regex` gives up at once where the text lacks a character that every match has.
            rest = rng.choice(("", sample(node, rng, few)))
            found.append(Attack(rng.choice(("", before)), unit, rng.choice(ENDS) + rest))
        whole = sample(node, rng, few)
        cut = whole[: rng.randint(0, len(whole))]
        found += [Attack("", whole), Attack("", cut, "")]
        found += [Attack(cut, "".join(rng.choices(few, k=size)), "\0" + whole) for size in (1, 2, 2, 3)]
    return list(dict.fromkeys(attack for attack in found if attack.unit))


# Time

METHODS: dict[str, Callable[..., Any]] = {
    "match": lambda p, text, **limit: p.match(text, **limit),
    "fullmatch": lambda p, text, **limit: p.fullmatch(text, **limit),
    "search": lambda p, text, **limit: p.search(text, **limit),
    "finditer": lambda p, text, **limit: list(p.finditer(text, **limit)),
}
"""How a pattern is applied to a text."""
SAME_AS = {"findall": "finditer", "sub": "finditer", "subn": "finditer", "split": "finditer"}


METHODS |= {name: METHODS[other] for name, other in SAME_AS.items()}

LIMIT = 0.3
"""Seconds after which a pattern is stopped."""


def seconds(pattern: AnyPattern, method: str, text: str) -> float:
    """CPU seconds of this thread; `LIMIT` for more. `re` cannot be stopped."""
    limit = {"timeout": LIMIT} if isinstance(pattern, regex.Pattern) else {}
    start = time.thread_time()
    try:
        METHODS[method](pattern, text, **limit)
    except TimeoutError:
        return LIMIT
    return min(time.thread_time() - start, LIMIT)


@attrs.frozen
class Growth:
    """How time grows with the length of one attack."""

    exponent: float
    """1 is linear, 2 quadratic."""
    microseconds: float
    """A character, of the longest text measured."""
    attack: Attack
    method: str


TRIED, MEASURED = 240, (3_000, 12_000)
"""Characters of the texts with which all attacks are tried, and between which the growth of the slowest is
measured."""


def growth(pattern: AnyPattern, method: str, attack: Attack) -> Growth:
    """Measures how time grows with the length of an attack.

    The best of some timings counts, so that what else the machine does counts little.
    """
    least, most = MEASURED
    for length in (least, most):
        took = min(seconds(pattern, method, attack.text(length)) for _ in range(2))
        if took >= LIMIT:
            return Growth(math.inf, took / length * 1e6, attack, method)
        if length == least:
            first = took
    exponent = math.log(took / first) / math.log(most / least)
    return Growth(exponent, took / most * 1e6, attack, method)


def worst_growth(compiled: Compiled, seed: int, rounds: int, measured: int = 4) -> Growth:
    """The fastest growth of a pattern over its slowest attacks, with every method that the package calls.

    Args:
        compiled: the pattern.
        seed: for the attacks.
        rounds: some ten attacks each.
        measured: how many of the slowest attacks are measured.
    """
    found = []
    for method, attack, took in slowest_attacks(compiled, seed, rounds, TRIED, measured):
        if took >= LIMIT:
            return Growth(math.inf, math.inf, attack, method)
        found.append(growth(compiled.pattern, method, attack))
    return max(found, key=lambda each: (each.exponent, each.microseconds))


def slowest_attacks(
    compiled: Compiled, seed: int, rounds: int, length: int, count: int
) -> Iterator[tuple[str, Attack, float]]:
    """The slowest attacks of a pattern by method, with their seconds for a text of some length."""
    for method in sorted({SAME_AS.get(each, each) for each in compiled.methods} or {"finditer", "fullmatch"}):
        times = []
        for attack in attacks(compiled.pattern, seed, rounds):
            times.append((method, attack, _tried(compiled.pattern, method, attack, length)))
            if times[-1][2] >= LIMIT:
                break
        yield from sorted(times, key=lambda timed: -timed[2])[:count]


def _tried(pattern: AnyPattern, method: str, attack: Attack, length: int) -> float:
    """Seconds for a short text. `re` cannot be stopped, so that it gets still shorter ones first."""
    for shorter in range(20, length, 20) if isinstance(pattern, re.Pattern) else ():
        if seconds(pattern, method, attack.text(shorter)) > LIMIT / 5:
            return LIMIT
    return seconds(pattern, method, attack.text(length))
