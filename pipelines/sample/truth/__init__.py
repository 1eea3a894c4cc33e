"""What really was: written into the answer key beside what was planted."""

from pipelines.sample.truth.recorder import Truth

__all__ = ["Truth"]
