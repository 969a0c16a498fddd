"""The registry of sieves, in the order in which they are tried: the most precise first."""

from __future__ import annotations

from quoteattr.coreference.appositions import apposition, part_of_name
from quoteattr.coreference.epithets import epithet
from quoteattr.coreference.nominals import (
    headline_person,
    kinship,
    named_later,
    pair,
    role_match,
    unnamed_match,
)
from quoteattr.coreference.organisations import bare_name, organisation_match, salient_organisation
from quoteattr.coreference.pronouns import antecedent_before, indefinite_pronoun, next_name, salient_person
from quoteattr.coreference.proper_names import author, compatible_name, group_name, name_inside
from quoteattr.coreference.role_synonyms import office_initials, similar_role
from quoteattr.coreference.sieve import ResolutionStep, Sieve
from quoteattr.coreference.unnamed import unnamed_speaker
from quoteattr.schema import MentionKind

_EPITHET = Sieve(
    name="epithet",
    reason="The words give an origin, an age or a trade; the speaker is the most salient person who fits.",
    example="Ann Lee (R-Texas) met Tom Day. [The Texan] left.",
    speaker="Ann Lee",
    decide=epithet,
)

_OFFICE_INITIALS = Sieve(
    name="office_initials",
    reason="The words are the initials of the speaker’s office.",
    example="Attorney General Ann Lee met Tom Day. [The AG] left.",
    speaker="Ann Lee",
    decide=office_initials,
)

_SIMILAR_ROLE = Sieve(
    name="similar_role",
    reason="The article describes the speaker by words that mean the same.",
    example="Halden manager Ann Lee met Tom Day. [The Halden boss] left.",
    speaker="Ann Lee",
    decide=similar_role,
)

NOMINAL_SIEVES = (
    Sieve(
        name="author",
        reason="The words mean a text that is from the speaker.",
        example="[A letter from Ann Lee] was read out.",
        speaker="Ann Lee",
        decide=author,
    ),
    _OFFICE_INITIALS,
    Sieve(
        name="part_of_name",
        reason="The words are part of the speaker’s name.",
        example="It was [City Attorney] Brad Holm.",
        speaker="Brad Holm",
        decide=part_of_name,
    ),
    Sieve(
        name="apposition",
        reason="The speaker’s name stands beside the words, with a comma between.",
        example="[Its director], Ann Lee, left.",
        speaker="Ann Lee",
        decide=apposition,
    ),
    Sieve(
        name="kinship",
        reason="The words say whose relative the speaker is, and the two are named together.",
        example="Carl Dunn and Faye Dunn came. He laughed. [His wife] left.",
        speaker="Faye Dunn",
        decide=kinship,
    ),
    Sieve(
        name="pair",
        reason="The two speakers are named together.",
        example="Carl Dunn and Faye Dunn came. [The couple] left.",
        speaker="Carl and Faye Dunn",
        decide=pair,
    ),
    Sieve(
        name="role_match",
        reason="The article describes the speaker by these words.",
        example="Mayor Ann Lee met Tom Day. [The mayor] left.",
        speaker="Ann Lee",
        decide=role_match,
    ),
    _SIMILAR_ROLE,
    _EPITHET,
    Sieve(
        name="unnamed_match",
        reason="The article describes the unnamed speaker by these words.",
        example="[A porter] came. [The porter at the door] left.",
        speaker="porter",
        decide=unnamed_match,
    ),
    Sieve(
        name="headline_person",
        reason="The lead calls the person of the headline by an office.",
        example="Scandal forces Ann Lee out of office\n\n[The minister] left.",
        speaker="Ann Lee",
        decide=headline_person,
    ),
    Sieve(
        name="named_later",
        reason="The lead describes somebody whom the next sentences name.",
        example="[A teacher] has won.\n\nAnn Lee was glad.",
        speaker="Ann Lee",
        decide=named_later,
    ),
    Sieve(
        name="organisation_match",
        reason="The words say what kind of organisation the speaker is.",
        example="Shelterline Trust met. [The charity] refused.",
        speaker="Shelterline Trust",
        decide=organisation_match,
    ),
    Sieve(
        name="unnamed_speaker",
        reason="The article does not name the speaker.",
        example="[A porter] left.",
        speaker="porter",
        decide=unnamed_speaker,
    ),
)
"""The sieves for noun phrases. The last one always decides."""

NAME_SIEVES = (
    _OFFICE_INITIALS,
    Sieve(
        name="group_name",
        reason="The words name several people together.",
        example="The house belongs to [Carl Dunn and Faye Dunn].",
        speaker="Carl and Faye Dunn",
        decide=group_name,
    ),
    _SIMILAR_ROLE,
    _EPITHET,
    Sieve(
        name="name_inside",
        reason="The words are, or contain, the speaker’s name or a part of it.",
        example="Ann Lee came. [Ms Lee] left.",
        speaker="Ann Lee",
        decide=name_inside,
    ),
    Sieve(
        name="compatible_name",
        reason="The name can be a form of the speaker’s name elsewhere in the article.",
        example="Ann Lee came. [lee] left.",
        speaker="Ann Lee",
        decide=compatible_name,
    ),
    *(sieve for sieve in NOMINAL_SIEVES if sieve not in (_OFFICE_INITIALS, _SIMILAR_ROLE, _EPITHET)),
)
"""The sieves for names. Those for noun phrases follow, because a mention that looks like a name may be a
description."""

PRONOUN_SIEVES = (
    Sieve(
        name="salient_person",
        reason="Of the people mentioned before, the speaker is the most probable one.",
        example="Ann Lee met Tom Day. [She] left.",
        speaker="Ann Lee",
        decide=salient_person,
    ),
    Sieve(
        name="next_name",
        reason="Nobody is mentioned before the pronoun; the speaker is named soon after.",
        example="“We won,” [he] said. Tom Day was glad.",
        speaker="Tom Day",
        decide=next_name,
    ),
    Sieve(
        name="salient_organisation",
        reason="Of the organisations and groups mentioned before, the speaker is the most probable one.",
        example="Halden Council met. [It] refused.",
        speaker="Halden Council",
        decide=salient_organisation,
    ),
    Sieve(
        name="bare_name",
        reason="The pronoun means an organisation, and the speaker’s name may be the name of one.",
        example="They rang Hale. [It] refused.",
        speaker="Hale",
        decide=bare_name,
    ),
    Sieve(
        name="antecedent_before",
        reason="The words right before the pronoun mean the speaker.",
        example="There was Tom Day, 83, [who] joked.",
        speaker="Tom Day",
        decide=antecedent_before,
    ),
    Sieve(
        name="indefinite_pronoun",
        reason="The pronoun means a speaker whom the article does not name.",
        example="[Someone] shouted.",
        speaker="Someone",
        decide=indefinite_pronoun,
    ),
)
"""The sieves for pronouns."""

SIEVES: dict[MentionKind, tuple[Sieve, ...]] = {
    "name": NAME_SIEVES,
    "nominal": NOMINAL_SIEVES,
    "pronoun": PRONOUN_SIEVES,
}
"""The sieves for each kind of mention."""

IDENTIFIED_LATER = ResolutionStep(
    name="identified_later",
    reason="The article names the speaker later.",
    example="[A walker] found it. The walker was later named as Priya Nand.",
    speaker="Priya Nand",
)
ISSUER = ResolutionStep(
    name="issuer",
    reason="The words mean a document; the text says that the speaker issued it.",
    example="Ann Lee signed a letter. It was long. [The letter] was clear.",
    speaker="Ann Lee",
)
QUOTED_SPEAKER = ResolutionStep(
    name="quoted_speaker",
    reason="The pronoun stands inside the words of the speaker.",
    example="“I told him: ‘No,’ and [I] left,” said Ann Lee.",
    speaker="Ann Lee",
)
"""Steps that are not sieves: they need mentions that are resolved later, the author of a document, or the
quotation around the mention."""

STEPS: dict[str, ResolutionStep] = {
    step.name: step for step in (*NAME_SIEVES, *PRONOUN_SIEVES, IDENTIFIED_LATER, ISSUER, QUOTED_SPEAKER)
}
"""Everything that `resolved_by` can name."""
