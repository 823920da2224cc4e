"""One summary of several reports, in Markdown: what a pull request or the page of a CI job shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from factcheck.records import Finding
from factcheck.reporting import wording
from factcheck.reporting.markdown import fill_markdown
from factcheck.reporting.view import Section, View

#: Claims that are listed in all; GitHub cuts a comment off at 65,536 characters.
MOST = 60


@dataclass(frozen=True)
class Checked:
    """A report in reading order, the findings in it that stopped the gate, and how many it wants signed off yet."""

    view: View
    stopped: Sequence[Finding] = ()
    unsigned: int = 0

    @property
    def urgent(self) -> list[Section]:
        """The findings that an editor has to see to: what stopped the gate, and bad news that nobody signed off."""
        stopped = {finding.id for finding in self.stopped}
        return [
            section
            for section in self.view.sections
            if section.finding.id in stopped
            or (wording.gravest(section.finding) in wording.BAD_NEWS and not section.signed_off)
        ]


def render_summary(checked: Sequence[Checked], templates: Path | None = None) -> str:
    """Fill ``summary.md.j2``: the counts of each report, and its urgent findings with the evidence that weighs most.

    Raises:
        SettingsError: see ``fill``.
    """
    left = MOST
    listed = []
    for one in checked:
        listed.append((one, one.urgent[:left], len(one.urgent)))
        left -= len(listed[-1][1])
    return fill_markdown("summary.md.j2", templates, listed=listed, verdicts=wording.ORDER)
