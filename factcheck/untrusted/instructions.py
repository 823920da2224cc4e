"""Recognising text that addresses a machine instead of a reader, such as "ignore previous instructions".

It flags, and what it finds is shown to no chat model; it never decides on a claim. Whoever words an instruction in a
way that is not foreseen here gets past it: that such words still make no verdict is the work of the citation check
and of the NLI model, which no text can instruct.

Found are: orders to set earlier instructions aside (in many languages), orders on how to judge claims, machines
addressed by name, role and delimiter markers of chat formats, and answers in the JSON that we ask for. They are also
found in look-alike letters, in digits for letters, turned round, in ROT13, Base64, hexadecimal, percent or HTML
escapes, and letter by letter.
"""

from __future__ import annotations

import base64
import binascii
import codecs
import html
import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from urllib.parse import unquote

Span = tuple[int, int]

_STANCES = r"(?:supported|supports|refuted|contradicts|not[ _]enough[ _]evidence)"
_VERDICTS = (
    r"(?:supported|supports|unsupported|refuted|refutes|contradict\w*|neutral|true|verified|confirmed|accurate|correct"
    r"|false|not[ _]enough[ _]evidence)"
)
_OBJECTS = r"(?:claims?|statements?|passages?|verdicts?|stances?|findings?|judge?ments?|sentences?|assertions?)"
_MACHINES = (
    r"(?:ai|a\.i\.|llms?|gpt|chatgpt|(?:language |ai )?models?|chat ?bots?|bots?|(?:ai |virtual )?assistants?"
    r"|(?:automated |automatic |ai )?(?:fact|claim)[- ]?check(?:ers?|ing)(?: (?:models?|systems?|tools?|bots?))?"
    r"|(?:automated|automatic|verification) (?:systems?|readers?|tools?|checkers?))"
)
_ORDER = r"(?:^|[.!?:;,\n\"“”»*>()\[\]-]\s{0,3}|\b(?:please|must|should|shall|always|now|and|then|to|you|will|just) )"
#: Words one of which a text must have, in small letters, for the pattern to be tried on it; and the pattern.
_PATTERNS: list[tuple[str, str]] = [
    # Setting instructions aside.
    (
        "ignore disregard forget override bypass discard",
        r"\b(?:ignore|disregard|forget|override|bypass|discard)\b(?:\W+\w+){0,4}?\W+(?:previous|prior|above|earlier"
        r"|preceding|foregoing|former|system|your|original|initial)\b(?:\W+\w+){0,3}?\W+(?:instructions?|prompts?|rules?"
        r"|guidelines?|directi(?:ons?|ves?)|messages?|context|task|training|passages?)\b",
    ),
    (
        "instruction prompt",
        r"\b(?:ignore|disregard|forget|override)\b(?:\W+\w+){0,2}?\W+(?:all|any|every|these|those|the)\W+(?:\w+\W+){0,2}?"
        r"(?:instructions?|prompts?)\b",
    ),
    (
        "ignore disregard forget",
        r"\b(?:ignore|disregard|forget)\W+(?:everything|anything|all(?: of)? that|whatever|what)\b(?:\W+\w+){0,4}?\W+"
        r"(?:above|before|told|said|instructed|far)\b",
    ),
    (
        "instruction prompt directive",
        r"\b(?:new|updated|revised|real|actual|hidden|secret)\W+(?:system\W+)?(?:instructions?|prompt|directives?)\W?[:–—-]"
        r"|\bsystem (?:prompt|override)\b",
    ),
    # Saying how to judge.
    (
        "claim statement passage verdict stance finding judg sentence assertion",
        rf"{_ORDER}(?:mark|label|rate|classify|treat|judge|report|tag|grade|count|consider|regard|score|deem|list|answer"
        rf"|return|respond|reply|output|record|set|conclude|verify|approve|accept|declare)\b(?:\W+\w+){{0,6}}?\W+"
        rf"{_OBJECTS}(?:(?:\W+\w+){{0,6}}?\W+(?:as|to|is|are|be|with))?\W+{_VERDICTS}\b"
        rf"|\b(?:every|each|all|any)\W+(?:\w+\W+){{0,3}}?{_OBJECTS}\W+(?:\w+\W+){{0,4}}?(?:must|should|shall|has to"
        rf"|have to|as)\W+(?:\w+\W+){{0,3}}?{_VERDICTS}\b",
    ),
    (
        "support refute contradict enough",
        rf"{_ORDER}(?:answer|return|respond|reply|output|print)\b(?:\W+\w+){{0,4}}?\W+{_STANCES}\b"
        rf"|\b(?:verdict|stance|judge?ment|label)\W+(?:\w+\W+){{0,3}}?(?:is|be|to|as|=)\W+(?:\w+\W+){{0,2}}?{_STANCES}\b",
    ),
    (
        "skip omit leave not don",
        rf"{_ORDER}(?:skip|leave out|omit|(?:do not|don['’]t) (?:check|list|extract|report|flag))\b"
        rf"(?:\W+\w+){{0,5}}?\W+(?:{_OBJECTS}|articles?|errors?)\b",
    ),
    # Addressing a machine.
    (
        "dear attention hey hello note message instruction",
        rf"\b(?:dear|attention|hey|hello|notes? (?:to|for)|messages? (?:to|for)|instructions? (?:to|for))\W+"
        rf"(?:\w+\W+){{0,3}}?{_MACHINES}(?: \w+){{0,3}} ?[,:!–—-]",
    ),
    (
        "you",
        rf"\b(?:if|as|since|because|when) you(?:['’]re| are) (?:an? |the )?(?:\w+ ){{0,3}}?{_MACHINES}\b"
        r"|\byou(?:['’]re| are)(?: now)? (?:an? |the )(?:\w+ ){0,3}?(?:ai|llm|language model|chat ?bot|fact[- ]?checker"
        r"|(?:ai|helpful|virtual) assistant)\b",
    ),
    (
        "must shall should required instructed ordered asked",
        rf"\b{_MACHINES}\W+(?:\w+\W+){{0,6}}?"
        r"(?:must|shall|should|(?:is|are) (?:required|instructed|ordered|asked) to)\W+"
        r"(?:\w+\W+){0,3}?(?:mark|label|rate|treat|judge|report|answer|return|output|ignore|disregard|respond|conclude)\b",
    ),
    ("passage claim", r"\b(?:cite|quote) (?:the |this )?(?:passage|claim|sentence)\b.{0,80}\b(?:with|and|as|for)\b"),
    # Markers of chat formats, of our own prompts, and our own JSON.
    (
        "system assistant developer",
        r"(?:^[ \t>#*\[-]{0,20}|[.!?] )(?:system|assistant|developer)(?: (?:prompt|message|note|instructions?))?"
        r"\s{0,3}[\]*]{0,3}\s{0,3}[:>\]]",
    ),
    (
        "< inst]",
        r"<\|[a-z_]{2,20}\|>|\[/?inst\]|<</?sys>>|<(?:start|end)_of_turn>|</?s>"
        r"|</?(?:system|assistant|user|human|developer|instructions?|passage|claim|sentences|context|speaker)"
        r"(?:-[0-9a-z]+)?>",
    ),
    ("#", r"^[ \t]{0,9}#{1,9}[ \t]*(?:system[ \t]*$|(?:system|instructions?|response)s?\s?:)"),
    (
        "of",
        r"[-=#*\[<(]\s?(?:end|begin|start)(?:ning)? of (?:the )?(?:passages?|context|data|untrusted|system|prompt|user"
        r"|evidence)\b",
    ),
    (
        "stance verdict judg bears_on check_worthiness claims",
        r"[\"'“”](?:stance|verdict|judge?ments|claims|bears_on|check_worthiness|attribution_verdict)[\"'“”]\s?:",
    ),
    # Other languages: to ignore, within a few words of instructions; to mark claims as something.
    (
        "instruccion indicacion reglas",
        r"\b(?:ignor|olvid|descart|haz caso)\w*\b.{0,40}\b(?:instruccion|indicacion|reglas)",
    ),
    (
        "instruction consigne directive règle",
        r"\b(?:ignore|oublie|néglige)[rz]?\b.{0,15}\b(?:les|toutes|ces|vos)\b.{0,20}\b(?:instruction|consigne|directive"
        r"|règle)",
    ),
    (
        "anweisung vorgabe instruktion regeln",
        r"\b(?:ignorier|vergiss|missacht|vergessen)\w*\b.{0,40}(?:anweisung|vorgabe|instruktion|regeln)",
    ),
    ("istruzion indicazion regole", r"\b(?:ignor|dimentic)\w*\b.{0,40}\b(?:istruzion|indicazion|regole)"),
    ("instruç instruco regras", r"\b(?:ignor|esqueç|esquec|desconsider)\w*\b.{0,40}\b(?:instruç|instruco|regras)"),
    ("negeer vergeet", r"\b(?:negeer|vergeet)\w*\b.{0,40}\b(?:instructie|aanwijzing|regels)"),
    ("ignoruj pomiń zapomnij", r"\b(?:z?ignoruj|pomiń|zapomnij)\w*\b.{0,40}\b(?:instrukcj|polece|wytyczn)"),
    ("ignorera glöm bortse", r"\b(?:ignorera|glöm|bortse)\b.{0,40}\b(?:instruktion|anvisning|regler)"),
    (
        "игнориру забудь обращай ігнору",
        r"(?:игнориру|забудь|не обращай|ігнору)\w*.{0,40}(?:инструкци|указани|правил|інструкц|вказівк)",
    ),
    ("talimat yönerge kural", r"(?:talimat|yönerge|kural)\w*.{0,40}(?:yok say|görmezden gel|unut|dikkate alma)"),
    ("تجاهل انس اهمل", r"(?:تجاهل|انس|اهمل).{0,40}(?:تعليمات|أوامر|إرشادات|قواعد)"),
    ("התעלם שכח", r"(?:התעלם|התעלמו|שכח).{0,40}(?:הוראות|הנחיות)"),
    (
        "忽略 无视 無視 忽视 忘记 不要理会",
        r"(?:忽略|无视|無視|忽视|忘记|不要理会).{0,15}(?:指示|指令|说明|說明|提示|规则|規則)",
    ),
    ("無視 忘れ", r"(?:指示|命令|プロンプト|ルール).{0,12}(?:無視|忘れ)"),
    ("무시 잊", r"(?:지시|명령|프롬프트|규칙).{0,15}(?:무시|잊)"),
    ("निर्देश", r"निर्देश.{0,40}(?:अनदेखा|नज़रअंदाज़|भूल|ध्यान न)"),
    (
        "afirmac affirmation déclaration behauptung aussage affermazion",
        r"\b(?:marc|marqu|markier|bewerte|segna|classific|klassifi)\w*\b.{0,40}\b(?:afirmacion|affirmation|déclaration"
        r"|behauptung|aussage|affermazion|afirmaç)\w*\b.{0,20}\b(?:com[eo]?|comme|als)\b",
    ),
]
_ASKED = [(words.split(), re.compile(pattern, re.IGNORECASE | re.MULTILINE)) for words, pattern in _PATTERNS]
#: Latin letters as letters of other alphabets that look like them, for recognising only.
_ALIKE = str.maketrans(
    "аеіоорсухѕјԁһӏмтвкнАВЕІКМНОРСТХУЅЈαεικνορτυχΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
    "aeioopcyxsjdhlmtbkhABEIKMHOPCTXYSJaeiknoptuxABEZHIKMNOPTYX",
)
_DIGITS = str.maketrans("013457@$", "oieastas")
_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{20,}={0,2}")
_HEX = re.compile(r"(?:[0-9a-f]{2}[ :]?){12,}", re.IGNORECASE)
_ESCAPED = re.compile(
    r"[^\s%]{0,20}(?:%[0-9a-f]{2}[^\s%]{0,20}){2,}|[^\s&]{0,20}(?:&#?\w{1,8};[^\s&]{0,20}){2,}", re.IGNORECASE
)
_SPELT = re.compile(r"(?:\b[^\W\d_][ .*_-]{1,2}){11,}[^\W\d_]\b")
_BETWEEN = '.!?:;, \t\n"“”»*>)-'
#: Where a clause that instructs is taken to begin and end, and how far from the telling words at most.
_BORDER = re.compile(r"[.!?…。！？;]+(?=\s|$)|[\n(){}\[\]]|\s[—–-]\s")
_LONGEST = 1000
#: Words before an opening bracket that are no sentence of their own.
_LEAD_IN = 2


@lru_cache(maxsize=8192)
def find_instructions(text: str) -> tuple[Span, ...]:
    """Return the spans of ``text`` that address a machine, each widened to the clause around it."""
    found = sorted(_widened(text, span) for span in {*_readings(text)})
    merged: list[Span] = []
    for start, end in found:
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return tuple(merged)


def instructs(text: str) -> bool:
    """Tell whether ``text`` addresses a machine."""
    return bool(find_instructions(text))


def without_instructions(text: str) -> str:
    """Return ``text`` with blanks for what addresses a machine, of the same length and with the same lines."""
    for start, end in find_instructions(text):
        text = text[:start] + re.sub(r"[^\n]", " ", text[start:end]) + text[end:]
    return text


def _readings(text: str) -> Iterator[Span]:
    """Yield what is found in the text as it stands and in each way in which it could be disguised."""
    plain = text.translate(_ALIKE)
    yield from _spans(text)
    if plain != text:
        yield from _spans(plain)
    yield from _spans(plain.translate(_DIGITS))
    yield from _spans(codecs.encode(plain, "rot13"))
    yield from ((len(text) - end, len(text) - start) for start, end in _spans(plain[::-1]))
    for pattern, decode in _DECODERS:
        yield from (match.span() for match in pattern.finditer(text) if any(_spans(decode(match[0]))))
    yield from (match.span() for match in _SPELT.finditer(text))


def _spans(text: str) -> Iterator[Span]:
    small = text.lower()
    for words, pattern in _ASKED:
        if any(word in small for word in words):
            for match in pattern.finditer(text):
                # The full stop of the sentence before is not part of it.
                yield match.end() - len(match[0].lstrip(_BETWEEN)), match.end()


def _widened(text: str, span: Span) -> Span:
    start, end = span
    borders = list(_BORDER.finditer(text, max(0, start - _LONGEST), start))
    begin = borders[-1].end() if borders else max(0, start - _LONGEST)
    # What is left of a sentence before a bracket, such as "Answer:", goes along.
    begun = borders[-2].end() if borders[1:] else 0
    if borders and borders[-1][0] in "([{" and len(text[begun:begin].split()) <= _LEAD_IN:
        begin = begun
    after = _BORDER.search(text, max(start, end - 1), end + _LONGEST)
    return begin, max(end, after.end() if after else min(end + _LONGEST, len(text)))


def _base64(run: str) -> str:
    data = run.rstrip("=").replace("-", "+").replace("_", "/")
    try:
        return base64.b64decode(data + "=" * (-len(data) % 4)).decode(errors="replace")
    except (binascii.Error, ValueError):
        return ""


def _hexadecimal(run: str) -> str:
    try:
        return bytes.fromhex(run.replace(":", " ")).decode(errors="replace")
    except ValueError:
        return ""


def _unescaped(run: str) -> str:
    return html.unescape(unquote(run))


_DECODERS: tuple[tuple[re.Pattern[str], Callable[[str], str]], ...] = (
    (_BASE64, _base64),
    (_HEX, _hexadecimal),
    (_ESCAPED, _unescaped),
)
