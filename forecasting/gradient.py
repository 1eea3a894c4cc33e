"""One gradient-boosted forecaster for all lines: mean demand of a window, asked for directly.

Tweedie, because demand is zero or positive and its spread grows with its mean; direct, because a
forecast fed on its own forecasts drifts and costs twice the time; one thread and fixed seeds, so
that the same rows give the same trees, bit for bit.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, MutableMapping
from dataclasses import asdict, dataclass, field

import numpy as np

from forecasting.demand import Floats
from forecasting.features import FeatureBuilder, Matrix, Questions


@dataclass(frozen=True, slots=True)
class Settings:
    """Choices of the gradient forecaster; they are kept with every version of it."""

    trees: int = 300
    leaves: int = 31
    learning_rate: float = 0.05
    smallest_leaf: int = 60
    power: float = 1.3
    feature_share: float = 0.6
    row_share: float = 0.8
    l2: float = 5.0
    members: int = 1
    half_life: float = 0.0
    weight_power: float = 1.0
    known_share: float = 0.5
    seed: int = 0
    objective: str = "tweedie"
    share: float = 0.5  # of cases, where the objective is a quantile
    is_relative: bool = False  # a miss counts by its share of what came

    def parameters(self, member: int) -> dict[str, object]:
        objective: dict[str, object] = {"objective": self.objective}
        if self.objective == "tweedie":
            objective["tweedie_variance_power"] = self.power
        if self.objective == "quantile":
            objective["alpha"] = self.share
        return {
            **objective,
            "num_leaves": self.leaves, "learning_rate": self.learning_rate,
            "min_data_in_leaf": self.smallest_leaf, "feature_fraction": self.feature_share,
            "bagging_fraction": self.row_share, "bagging_freq": 1, "lambda_l2": self.l2,
            "num_threads": 1, "deterministic": True, "force_row_wise": True,
            "seed": self.seed + 1000 * member, "verbosity": -1,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Gradient:
    """A trained forecaster; `boosters` are LightGBM's, all members weigh the same."""

    names: tuple[str, ...]
    boosters: tuple[object, ...]
    rows: int
    settings: Settings = field(default_factory=Settings)
    key: str = ""

    def predict(self, builder: FeatureBuilder, asked: Questions) -> Floats:
        """Mean demand over each asked window, in units."""
        names, matrix = builder.features(asked)
        assert tuple(names) == self.names, "scored on other features than it was trained on"
        return self.predict_matrix(matrix) * builder.scale(asked) * asked.length

    def predict_matrix(self, matrix: Matrix) -> Floats:
        answers = [booster.predict(matrix, num_threads=1) for booster in self.boosters]  # type: ignore[attr-defined]
        return np.maximum(np.mean(answers, axis=0), 0.0)


def train(
    builder: FeatureBuilder, asked: Questions, settings: Settings, *,
    library: MutableMapping[str, str] | None = None,
) -> Gradient:  # fmt: skip
    """Fit on questions whose answers lie in the panel; those mostly without stock teach nothing.

    library: trained trees as text, by the content they were trained on. What is there is not
    trained again; what is new is added. Trees are always read back from their text, so that a
    kept model and a new one answer alike to the last bit.
    """
    answers = builder.answers(asked)
    usable = (answers.known >= settings.known_share) & ~np.isnan(answers.total)
    asked, total = asked.take(usable), answers.total[usable]
    names, matrix = builder.features(asked)
    scale = builder.scale(asked)
    target = total / (scale * asked.length)
    weight = (scale * asked.length) ** settings.weight_power
    if settings.is_relative:
        weight = weight / np.maximum(target, 1e-2)
    if settings.half_life:
        age = asked.origin.max() - asked.origin
        weight = weight * 0.5 ** (age / settings.half_life)
    lessons = Lessons(names, matrix, target, weight / weight.mean())
    kept = library if library is not None else {}
    key = lessons.key(settings)
    if key not in kept:
        kept[key] = json.dumps(
            {"kept": described(lessons, settings), "trees": lessons.trees(settings)}
        )
    import lightgbm

    boosters = tuple(lightgbm.Booster(model_str=text) for text in json.loads(kept[key])["trees"])
    return Gradient(tuple(names), boosters, len(asked), settings, key)


@dataclass(frozen=True, slots=True)
class Lessons:
    """Rows to learn from: features, target per scale, weight."""

    names: list[str]
    matrix: Matrix
    target: Floats
    weight: Floats

    def key(self, settings: Settings) -> str:
        """Short hash of all that decides the trees: rows, choices, and the library's version."""
        import lightgbm

        digest = hashlib.sha256(
            json.dumps([asdict(settings), self.names, lightgbm.__version__]).encode()
        )
        for part in (self.matrix, self.target, self.weight):
            digest.update(np.ascontiguousarray(part).tobytes())
        return digest.hexdigest()[:16]

    def trees(self, settings: Settings) -> list[str]:
        """The text of each member."""
        import lightgbm

        data = lightgbm.Dataset(
            self.matrix, label=self.target, weight=self.weight, feature_name=self.names,
            params={"verbosity": -1, "num_threads": 1},
        )  # fmt: skip
        return [
            lightgbm.train(
                settings.parameters(member), data, num_boost_round=settings.trees
            ).model_to_string()
            for member in range(settings.members)
        ]


def described(lessons: Lessons, settings: Settings) -> Mapping[str, object]:
    """What is written down beside the trees: parameters, features, rows."""
    return {
        "features": lessons.names,
        "rows": len(lessons.target),
        "parameters": settings.parameters(0)
        | {"trees": settings.trees, "members": settings.members},
    }
