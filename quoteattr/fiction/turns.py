"""Divides a result into conversations and their turns."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from itertools import groupby

from quoteattr.layout import paragraphs
from quoteattr.schema import AttributedArticle, Attribution, Conversation, ConversationTurn

_NARRATION = 3
"""Most paragraphs without a quotation inside a conversation. Set by hand."""


def conversations_of(result: AttributedArticle) -> tuple[Conversation, ...]:
    """Returns the conversations of a text: runs of quotations with at most three paragraphs of narration
    between two of them. Quotations inside others, and speech without marks, are left out.

    >>> import quoteattr
    >>> text = "“Will you go?” said Ann Lee.\\n\\n“No,” said Tom Day. “It is late.”\\n\\nIt rained."
    >>> [conversation] = quoteattr.attribute(text, style="fiction").conversations()
    >>> [(turn.speaker.name, turn.text) for turn in conversation.turns]
    [('Ann Lee', 'Will you go?'), ('Tom Day', 'No, It is late.')]
    """
    starts = [start for start, _ in paragraphs(result.article.text)]
    return tuple(Conversation(tuple(_turns(run))) for run in _runs(result, starts))


def _runs(result: AttributedArticle, starts: list[int]) -> Iterator[list[Attribution]]:
    run: list[Attribution] = []
    end = last = -1
    for attribution in result:
        outer = attribution.quotation.outer
        if outer.start < end or attribution.quotation.kind != "direct":
            continue
        paragraph = bisect_right(starts, outer.start)
        if run and paragraph - last > _NARRATION + 1:
            yield run
            run = []
        run.append(attribution)
        end, last = outer.end, bisect_right(starts, outer.end - 1)
    if run:
        yield run


def _turns(run: list[Attribution]) -> Iterator[ConversationTurn]:
    for speaker, said in groupby(run, key=lambda attribution: attribution.speaker):
        yield ConversationTurn(speaker, tuple(said))
