"""Whether the speaker of a claim said it: what shows it, and what gives the words to somebody else."""

from __future__ import annotations

from collections.abc import Sequence

from factcheck.records import Claim, Evidence, Passage, Stance
from factcheck.verification.citation import is_publisher, names_speaker
from factcheck.verification.quoted_words import find_quoted, says_another, says_another_person
from factcheck.verification.weighing import Weighed, speaker_of


def who_said_it(
    claim: Claim, read: Sequence[Evidence], compared: Sequence[Weighed], passages: Sequence[Passage]
) -> list[Evidence]:
    """Return the evidence on whether the claim's speaker said it; of a claim without one, what was read.

    ``read`` is what an engine found to bear on that; ``compared`` is what bears on the content, and may tell whose
    words it is.
    """
    if claim.attribution is None:
        return list(read)
    told = [*read, *_own_words(claim.speaker, compared, passages)]
    another = [is_others_word(claim, item, passages) for item in told]
    shows = [item for item, other in zip(told, another, strict=True) if item.stance == Stance.SUPPORTS and not other]
    shown = any(item.likely for item in shows)
    # Where it is shown that they said it, other words of theirs are nothing against it.
    against = [
        item
        for item, other in zip(told, another, strict=True)
        if item.stance == Stance.CONTRADICTS and (other or item.differences or not shown)
    ]
    found = [*shows, *against, *([] if shown else _others_words(claim, compared, passages))]
    if quoted := find_quoted(claim, passages):
        # Who has the very words knows better than a model that reads other words of the same speaker.
        return [quoted, *(item for item in found if item.stance == quoted.stance)]
    return found


def is_others_word(claim: Claim, item: Evidence, passages: Sequence[Passage]) -> bool:
    """Tell whether evidence gives what it reports to somebody by name who is not the claim's speaker."""
    return says_another(_with_sayer(item, passages), claim)


def _own_words(speaker: str, compared: Sequence[Weighed], passages: Sequence[Passage]) -> list[Evidence]:
    """Return as evidence on what the speaker said what a document of theirs, or an interview with them, says is so.

    It is against them only where it has another figure, date or name: else they may have said both.
    """
    own = [
        one.item
        for one in compared
        if is_publisher(one.item.document.publisher or "", speaker)
        or names_speaker(one.speaker, speaker)
        or (one.answers and _is_interviewed(speaker, one.item, passages))
    ]
    telling = [item for item in own if item.stance == Stance.SUPPORTS or item.differences]
    return [item.model_copy(update={"bears_on": "attribution"}) for item in telling]


def _others_words(claim: Claim, compared: Sequence[Weighed], passages: Sequence[Passage]) -> list[Evidence]:
    """Return as evidence against the speaker having said it what reports that another person did.

    It counts where nothing shows that the speaker said it, too: of the claims in the articles that were read, all five
    of that kind had the wrong speaker.
    """
    told = [one.item for one in compared if one.item.stance == Stance.SUPPORTS and one.item.likely]
    others = [item for item in told if says_another_person(_with_sayer(item, passages), claim)]
    return [item.model_copy(update={"bears_on": "attribution", "stance": Stance.CONTRADICTS}) for item in others]


def _with_sayer(item: Evidence, passages: Sequence[Passage]) -> str:
    """Return a quote, and from a transcript who says it."""
    sayer = speaker_of(item, passages)
    return f"{sayer} said: “{item.quote}”" if sayer else item.quote


def _is_interviewed(speaker: str, item: Evidence, passages: Sequence[Passage]) -> bool:
    """Tell whether an interview names the speaker in its title or before what they answer."""
    before = (one.text for one in passages if one.source.id == item.document.id and one.start < item.start)
    return any(names_speaker(text, speaker) for text in (item.document.title, *before))
