"""The errors a user can meet. Each message is one line and says what to do next."""

from __future__ import annotations


class FactcheckError(Exception):
    """The base of all of them: bad input or configuration; the command line exits with 2."""


class InputError(FactcheckError):
    """An article or report that is missing, empty, binary or cannot be decoded."""


class CorpusError(FactcheckError):
    """A reference corpus that is missing or empty, or a store that is locked or damaged."""


class ModelError(FactcheckError):
    """A model file that is missing or altered, or a chat model that cannot be set up."""


class PromptError(FactcheckError):
    """A prompt file that is missing or whose variables are not those the step fills."""


class SettingsError(FactcheckError):
    """A setting that is unknown or has a value it cannot take."""
