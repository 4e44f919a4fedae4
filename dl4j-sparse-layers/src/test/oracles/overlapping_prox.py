"""Proximal points of norms of overlapping groups, for OverlappingGroupPenaltyTest.

Minimises  1/2 |z - v|^2 + lambda sum_g sqrt(sum_{j in g} w_gj z_j^2)  by ADMM with one copy of every unit for every group
that holds it, in double precision, until primal and dual residuals are below 1e-13 of the drive, and then checks the answer
by the gap of a feasible dual point. The Java library solves the dual problem by accelerated projected gradients: another
problem, by another method. Members of the groups are made here by formulas of their own.

Run:  python3 overlapping_prox.py > ../resources/oracles/overlapping_prox.json      (numpy only, some seconds)
"""

import json
import sys

import numpy as np


def solve(v, groups, weights, lam):
    n = len(v)
    place = np.concatenate(groups)
    root = np.sqrt(np.concatenate(weights))
    owner = np.repeat(np.arange(len(groups)), [len(g) for g in groups])
    squares = np.bincount(place, root**2, n)
    best = np.inf
    rho = 1.0
    copies = root * v[place]
    scaled = np.zeros(len(place))
    z = v.copy()
    for k in range(200000):
        z = (v + rho * np.bincount(place, root * (copies - scaled), n)) / (1 + rho * squares)
        drive = root * z[place] + scaled
        norms = np.sqrt(np.bincount(owner, drive**2, len(groups)))
        factor = np.maximum(0, 1 - lam / rho / np.maximum(norms, 1e-300))
        before, copies = copies, factor[owner] * drive
        scaled = drive - copies
        primal = np.abs(root * z[place] - copies).max()
        dual = rho * np.abs(copies - before).max()
        if max(primal, dual) < 1e-13 * np.abs(v).max():
            break
        if k % 50 == 49 and k < 2000:  # balance the residuals, early only
            change = 2.0 if primal > 10 * dual else 0.5 if dual > 10 * primal else 1.0
            rho *= change
            scaled /= change
    zero = np.zeros(n, bool)
    zero[place[copies_of_zero_groups(copies, owner, len(groups))]] = True
    z[zero | (np.abs(z) < 1e-9)] = 0  # checked with all else by the gap below
    eta = rho * scaled  # inside the balls of radius lambda by construction
    group_norm = lambda x: np.sqrt(np.bincount(owner, (root * x[place]) ** 2, len(groups)))
    primal_value = 0.5 * np.sum((z - v) ** 2) + lam * group_norm(z).sum()
    rest = v - np.bincount(place, root * eta, n)
    dual_value = 0.5 * np.sum(v**2) - 0.5 * np.sum(rest**2)
    gap = primal_value - dual_value
    print(f"iterations {k + 1}, zeros {int((z == 0).sum())} of {n}, gap {gap:.1e}", file=sys.stderr)
    assert abs(gap) < 1e-11 * primal_value, gap
    return z


def copies_of_zero_groups(copies, owner, count):
    norms = np.bincount(owner, copies**2, count)
    return norms[owner] == 0


def torus(height, width, size, stride, sigma):
    groups, weights = [], []
    offset = np.arange(size) - (size - 1) / 2
    bell = np.ones(size) if sigma is None else np.exp(-0.5 * (offset / sigma) ** 2)
    bell2 = np.outer(bell, bell)
    bell2 *= size**2 / bell2.sum()
    for top in range(0, height, stride):
        for left in range(0, width, stride):
            rows = (top + np.arange(size)) % height
            columns = (left + np.arange(size)) % width
            groups.append((rows[:, None] * width + columns[None, :]).ravel())
            weights.append(bell2.ravel())
    return groups, weights


def ring(length, size, stride):
    groups = [(start + np.arange(size)) % length for start in range(0, length, stride)]
    return groups, [np.ones(size) for _ in groups]


def lists(rng, units, count):
    groups = [rng.choice(units - 1, rng.integers(1, 7), replace=False) for _ in range(count)]
    return groups, [rng.uniform(0.2, 3, len(g)) for g in groups]


def main():
    rng = np.random.default_rng(7)
    explicit = lists(rng, 24, 10)
    problems = {
        "torus": (400, torus(20, 20, 6, 4, None), 3.5),
        "gaussianTorus": (400, torus(20, 20, 6, 4, 1.5), 3.5),
        "ring": (30, ring(30, 5, 2), 0.8),
        "lists": (24, explicit, 0.5),
    }
    result = {}
    for name, (units, (groups, weights), lam) in problems.items():
        drives = rng.standard_normal((2, units)) * np.linspace(0.3, 2, units)
        codes = [solve(v, groups, weights, lam) for v in drives]
        result[name] = {"weight": lam, "drives": drives.tolist(), "codes": [z.tolist() for z in codes]}
        if name == "lists":
            result[name]["members"] = [g.tolist() for g in groups]
            result[name]["weights"] = [w.tolist() for w in weights]
    json.dump(result, sys.stdout)


main()
