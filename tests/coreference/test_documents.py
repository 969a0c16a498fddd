"""Who issued a document."""

from __future__ import annotations

import pytest

from tests.coreference.articles import resolutions


def issuer(marked: str) -> str | None:
    """The speaker of the last mention in square brackets, if a document's issuer was looked for and found."""
    found = resolutions(marked, "nominal")[-1]
    return found.speaker.name if found.speaker and found.resolved_by == "issuer" else None


@pytest.mark.parametrize(
    ("marked", "name"),
    [
        ("Ann Lee signed a letter. It was long. [The letter] was clear.", "Ann Lee"),
        ("Ann Lee signed a letter. It was long. [The missive] was clear.", "Ann Lee"),
        ("In a letter on Monday, Ann Lee rejected it. [The letter] was clear.", "Ann Lee"),
        ("They read [the circular passing this rule issued by Halden Council].", "Halden Council"),
        ("They read [the circular issued by Halden Council].", "Halden Council"),
        ("Halden Council said in a statement that it won. [The statement] was short.", "Halden Council"),
        ("In a statement on Monday, Ann Lee said they won. [The statement] was short.", "Ann Lee"),
        ("They read [the letter] signed by seven doctors and Ann Lee.", "Ann Lee"),
        ("They read a letter that was sent to Tom Day by Ann Lee. [The letter] was clear.", "Ann Lee"),
        ("They read Ann Lee’s first email. [The email] was clear.", "Ann Lee"),
        ("They read the Halden Council report. [The report] was clear.", "Halden Council"),
        ("On Monday, Halden Council announced a sale. [The statement] was short.", "Halden Council"),
    ],
)
def test_a_document_speaks_for_its_issuer(marked: str, name: str) -> None:
    assert issuer(marked) == name


@pytest.mark.parametrize(
    "marked",
    [
        "Ann Lee read a letter. [The letter] was clear.",
        "Ann Lee signed a letter. [The survey] was clear.",
        "Ann Lee signed a letter. [A missive] was clear.",
        "Ann Lee was named in a report. [The report] was clear.",
        "They read a study by a group that shows in detail how Ann Lee won. [The study] was clear.",
        "They read a report from Kent. [The report] was clear.",
        "On Monday, Halden Council announced a sale. [The survey] was short.",
        "Tom Day writes for the Coastal Review. [A review] was clear.",
        "“Ann Lee signed a letter,” he said. [A letter] was clear.",
        "Ann Lee wrote a song. [The song] was clear.",
        "They read [one Twitter post].",
    ],
)
def test_other_names_are_no_issuers(marked: str) -> None:
    assert issuer(marked) is None
