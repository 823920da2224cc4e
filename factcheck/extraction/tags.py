"""Sets of tags and relations by which a word is known for a verb, a noun or a subject."""

from __future__ import annotations

VERBS = {"VB", "VBD", "VBG", "VBN", "VBP", "VBZ", "MD"}
FINITE = {"VBD", "VBP", "VBZ", "MD"}
SUBJECTS = {"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"}
#: Subjects that are nouns or pronouns.
NOMINAL_SUBJECTS = {"nsubj", "nsubjpass"}
NAMES = {"NNP", "NNPS"}
NOUNS = {"NN", "NNS", "NNP", "NNPS"}
