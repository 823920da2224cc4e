"""The targets of ``make fuzz`` on a few drawn inputs each: no crash, no hang, and spans that are spans."""

import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent / "fuzz"))

from targets import SEEDS, TARGETS


@pytest.mark.parametrize("name", TARGETS)
def test_what_anybody_may_have_written_does_no_harm(name: str) -> None:
    pieces = st.sampled_from([*SEEDS[name], *(seed[half:] for seed in SEEDS[name] for half in (7, len(seed) // 2))])

    @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(st.one_of(pieces, st.binary(max_size=40), st.text(max_size=40).map(str.encode)), max_size=4))
    def check(parts: list[bytes]) -> None:
        TARGETS[name](b"".join(parts))

    check()
