"""Stories of the sample company that several tests read: told once per process."""

from __future__ import annotations

import pytest

from pipelines.sample.parameters import Parameters
from pipelines.sample.story.life import Story

SEEDS = (1, 7, 42)


@pytest.fixture(scope="session", params=SEEDS)
def told(request):
    """(story, happenings) of a year, by seed."""
    story = Story(Parameters(), request.param)
    return story, list(story.tell())
