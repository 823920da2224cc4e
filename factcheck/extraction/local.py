"""The local extractor: from an article's sentences to its claims, without a chat model."""

from __future__ import annotations

import re

from factcheck.extraction.article import body_start
from factcheck.extraction.dates import resolve_dates
from factcheck.extraction.sentences import BlockKind, Sentence, split_sentences
from factcheck.records import Article, Attribution, Claim, Extraction, Flag, NotChecked

_SAYING = (
    r"(?:said|says|say|told|warned|added|adding|insisted|charged|stated|argued|claimed|announced|responded|"
    r"according to|telling|saying|suggested|suggesting)"
)
_NAME = r"(?:[A-Z][\w’'.-]*(?:\s+(?:of|for|de|von|van)\s+|\s+)?)+"
_REASONS = {
    BlockKind.BOILERPLATE: "boilerplate",
    BlockKind.BYLINE: "byline or credit",
    BlockKind.CAPTION: "caption",
}


class LocalExtractor:
    """Extracts claims by rules."""

    name = "rules"

    def __init__(self, encoder: object | None = None) -> None:
        """Keep the encoder that scores check-worthiness."""
        self._encoder = encoder

    def extract(self, article: Article) -> Extraction:
        """Find the claims of ``article`` and list every other sentence with the reason why it is not checked."""
        claims: list[Claim] = []
        skipped: list[NotChecked] = []
        speaker: Attribution | None = None
        block = -1
        in_quote = False
        for sentence in split_sentences(article.text, body_start(article.text)):
            quote = article.text[sentence.start : sentence.end]
            if reason := _reason(sentence, quote):
                skipped.append(NotChecked(quote=quote, start=sentence.start, end=sentence.end, reason=reason))
                continue
            found = _attribution(quote, article.text)
            if not found and sentence.block == block and (in_quote or quote[0] in '"“'):
                found = speaker
            speaker, block = found or speaker, sentence.block
            opened, closed = quote.count("“"), quote.count("”")
            in_quote = opened > closed or (in_quote and opened == closed)
            claims.append(
                Claim(
                    id=f"c{len(claims) + 1}",
                    text=resolve_dates(quote, article.date),
                    quote=quote,
                    start=sentence.start,
                    end=sentence.end,
                    line=article.line_at(sentence.start),
                    check_worthiness=0.5,
                    attribution=found,
                    flags=(Flag.HEADLINE,) if sentence.kind is BlockKind.HEADLINE else (),
                )
            )
        return Extraction(claims=tuple(claims), not_checked=tuple(skipped))


def _reason(sentence: Sentence, quote: str) -> str | None:
    if reason := _REASONS.get(sentence.kind):
        return reason
    return "question" if quote.rstrip("\"”’'").endswith("?") else None


def _attribution(quote: str, text: str) -> Attribution | None:
    cue = re.search(rf"(?P<who>{_NAME}|\b[Hh]e|\b[Ss]he|\b[Tt]hey)\s+(?:also\s+)?(?P<cue>{_SAYING})\b", quote)
    if not cue:
        return None
    name = _full_name(cue["who"].strip(), text[: text.find(quote) + cue.start()])
    return Attribution(speaker=name, kind="direct" if re.search('[“"]', quote) else "indirect", cue=cue["cue"])


def _full_name(name: str, before: str) -> str:
    if name.lower() in ("he", "she", "they"):
        spoken = re.findall(rf"({_NAME})\s+(?:also\s+)?{_SAYING}\b", before)
        name = spoken[-1].strip() if spoken else name
    longer = re.search(rf"((?:[A-Z][\w’'-]+ )+){re.escape(name)}\b", before)
    return " ".join((longer[0] if longer else name).split()[-2:]) if longer else name
