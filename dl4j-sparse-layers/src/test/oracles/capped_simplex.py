"""Answers for SymmetricCappedSimplexTest: writes ../resources/oracles/capped_simplex.json.

Needs numpy (made with 2.4.6). Dykstra's alternating projections, between matrices whose columns are in the capped simplex (each by
bisection) and symmetric matrices, which converge to the nearest matrix of both kinds.
"""

import json
import pathlib

import numpy as np

rng = np.random.default_rng(8)


def column(v, free, total, cap):
    low, high = v[free].min() - cap - 1, v[free].max() + 1
    for _ in range(200):
        tau = (low + high) / 2
        if np.clip(v[free] - tau, 0, cap).sum() > total:
            low = tau
        else:
            high = tau
    result = np.zeros_like(v)
    result[free] = np.clip(v[free] - (low + high) / 2, 0, cap)
    return result


problems = []
for n, total, cap, zeros in [(5, 1.0, 0.5, 0.0), (8, 2.0, 0.6, 0.3), (6, 1.5, 0.31, 0.0), (10, 0.5, 3.0, 0.2)]:
    free = rng.uniform(0, 1, (n, n)) >= zeros
    free = np.triu(free, 1)
    free = free | free.T
    v = rng.standard_normal((n, n))
    x = v.copy()
    p = np.zeros((n, n))
    q = np.zeros((n, n))
    for _ in range(200_000):
        y = np.stack([column((x + p)[:, j], free[:, j], total, cap) for j in range(n)], axis=1)
        p = x + p - y
        new = (y + q + (y + q).T) / 2
        q = y + q - new
        if np.max(np.abs(new - x)) < 1e-13 and np.max(np.abs(new - y)) < 1e-11:
            break
        x = new
    print(n, np.max(np.abs(x.sum(0) - total)), x.min(), x.max())
    problems.append({"sum": total, "cap": cap, "free": free.tolist(), "v": v.tolist(), "answer": x.tolist()})

target = pathlib.Path(__file__).parent.parent / "resources" / "oracles" / "capped_simplex.json"
target.write_text(json.dumps(problems) + "\n")
