"""Which lines are alike: how demand comes, how much of it, how long it is known."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from forecasting.demand import Panel

SMOOTH_ADI, SMOOTH_CV2, NEW_DAYS = 1.32, 0.49, 120
FEWEST_LINES = 8
VOLUMES = ("low", "middle", "high")


def segments(panel: Panel) -> NDArray[np.str_]:
    """Syntetos and Boylan: how often demand comes (ADI) and how its size varies (CV squared)."""
    known = ~np.isnan(panel.values)
    sizes = np.where(known & (panel.values != 0), panel.values, np.nan)
    times = np.sum(~np.isnan(sizes), axis=1)
    interval = known.sum(axis=1) / np.maximum(times, 1)
    mean = np.nansum(sizes, axis=1) / np.maximum(times, 1)
    variance = np.nansum((sizes - mean[:, None]) ** 2, axis=1) / np.maximum(times, 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        wild = np.where(mean != 0, variance / mean**2, 0.0) >= SMOOTH_CV2
    rare = interval >= SMOOTH_ADI
    named = np.where(
        rare, np.where(wild, "lumpy", "intermittent"), np.where(wild, "erratic", "smooth")
    )
    return np.where(panel.days - panel.starts < NEW_DAYS, "new", named)


def volumes(panel: Panel) -> NDArray[np.str_]:
    """Thirds of a company's lines by demand a day; with few lines all are alike."""
    mean = np.nan_to_num(np.nanmean(panel.values, axis=1))
    companies = panel.keys["company_id"].to_numpy()
    named = np.full(len(mean), "all", dtype="<U6")
    for company in np.unique(companies):
        mine = companies == company
        if mine.sum() < 3 * FEWEST_LINES:
            continue
        low, high = np.quantile(mean[mine], (1 / 3, 2 / 3))
        named[mine] = np.select([mean[mine] <= low, mean[mine] <= high], VOLUMES[:2], VOLUMES[2])
    return named


def groups_of_lines(panel: Panel) -> NDArray[np.str_]:
    """Company, segment and volume, volume only where enough lines share it: who is judged together."""
    kinds, sizes = segments(panel), volumes(panel)
    companies = panel.keys["company_id"].to_numpy()
    fine = np.array([f"{c}|{k}|{s}" for c, k, s in zip(companies, kinds, sizes, strict=True)])
    coarse = np.array([f"{c}|{k}|all" for c, k in zip(companies, kinds, strict=True)])
    names, place, count = np.unique(fine, return_inverse=True, return_counts=True)
    del names
    return np.where(count[place] >= FEWEST_LINES, fine, coarse)
