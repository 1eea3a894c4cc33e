"""Distributions of demand and of stock on a grid of quantities, one line per row.

Small whole quantities are held exactly, one unit per cell; large ones in wider cells, so that a
line never needs more than `CELLS` of them. Sums and differences are convolutions by FFT.
"""

from __future__ import annotations

import numpy as np
from scipy import special

from forecasting.demand import Floats

CELLS = 512
DEVIATIONS = 9.0


def cell_size(means: Floats, variances: Floats, stock: Floats) -> Floats:
    """Units per cell of each line: 1 where the grid is wide enough; arrays are lines x periods."""
    reach = stock + means.sum(axis=1) + DEVIATIONS * np.sqrt(variances.sum(axis=1))
    return np.maximum(np.ceil(reach / (CELLS - 1)), 1.0)


def demand_mass(mean: Floats, variance: Floats, cell: Floats) -> Floats:
    """Probability of each cell under a negative binomial with these moments (lines x CELLS).

    Demand of k cells stands for the units around k x cell. Variance is at least that of Poisson.
    """
    mean = np.maximum(mean, 1e-9)[:, None]
    excess = np.maximum(variance[:, None] - mean, 1e-6 * mean)
    shape = mean**2 / excess
    edges = np.floor((np.arange(CELLS)[None, :] + 0.5) * cell[:, None])
    covered = special.betainc(shape, edges + 1.0, shape / (shape + mean))
    covered[:, -1] = 1.0
    return np.diff(covered, axis=1, prepend=0.0)


def point_mass(quantity: Floats, cell: Floats) -> Floats:
    """A known quantity."""
    mass = np.zeros((len(quantity), CELLS))
    place = np.clip(np.rint(quantity / cell), 0, CELLS - 1).astype(np.int64)
    mass[np.arange(len(quantity)), place] = 1.0
    return mass


def plus(mass: Floats, quantity: Floats, cell: Floats) -> Floats:
    """Stock after a known receipt; what would leave the grid stays in its last cell."""
    step = np.clip(np.rint(quantity / cell), 0, CELLS - 1).astype(np.int64)
    place = np.arange(CELLS)[None, :] - step[:, None]
    moved = np.where(place >= 0, np.take_along_axis(mass, np.maximum(place, 0), axis=1), 0.0)
    moved[:, -1] += mass.sum(axis=1) - moved.sum(axis=1)
    return moved


def difference(mass: Floats, demand: Floats) -> Floats:
    """Mass of (stock - demand) over -(CELLS - 1) .. CELLS - 1."""
    size = 2 * CELLS
    product = np.fft.rfft(mass, size) * np.fft.rfft(demand[:, ::-1], size)
    return np.maximum(np.fft.irfft(product, size)[:, : size - 1], 0.0)


def left_after(mass: Floats, demand: Floats) -> Floats:
    """Stock that is left when demand beyond it is lost."""
    gap = difference(mass, demand)
    left = gap[:, CELLS - 1 :].copy()
    left[:, 0] += gap[:, : CELLS - 1].sum(axis=1)
    return left


def shortfall_quantile(mass: Floats, demand: Floats, share: Floats, cell: Floats) -> Floats:
    """Smallest order that covers (demand - stock) in `share` of the cases; never negative."""
    gap = difference(mass, demand)[:, ::-1]  # demand - stock, ascending
    covered = np.cumsum(gap, axis=1)
    covered /= covered[:, -1:]
    place = np.argmax(covered >= share[:, None] - 1e-12, axis=1)
    return np.maximum((place - (CELLS - 1)) * cell, 0.0)


def mean_of(mass: Floats, cell: Floats) -> Floats:
    return (mass @ np.arange(mass.shape[1])) * cell
