"""Answers for SymmetricCappedSimplexTest: writes ../resources/oracles/capped_simplex.json.

Needs numpy and scipy (made with 2.4.6 and 1.17.1). For columns of one sum: Dykstra's alternating projections, between matrices whose
columns are in the capped simplex (each by bisection) and symmetric matrices, which converge to the nearest matrix of both kinds.
For columns of at most the sum: the quadratic programme of the pairs i < j, by scipy's SLSQP; which bounds and sums it meets with equality
gives linear equations, whose solution is the answer if it meets all limits and no multiplier has the wrong sign, which is asserted.
"""

import json
import pathlib

import numpy as np
from scipy.optimize import minimize

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
    problems.append({"sum": total, "cap": cap, "atMost": False, "free": free.tolist(), "v": v.tolist(), "answer": x.tolist()})



def at_most(v, free, total, cap):
    n = len(v)
    pairs = [(i, j) for i in range(n) for j in range(i + 1, n) if free[i, j]]
    wanted = np.array([(v[i, j] + v[j, i]) / 2 for i, j in pairs])
    columns = np.zeros((n, len(pairs)))
    for k, (i, j) in enumerate(pairs):
        columns[i, k] = columns[j, k] = 1
    limit = {"type": "ineq", "fun": lambda s: total - columns @ s, "jac": lambda s: -columns}
    s = minimize(
        lambda s: 0.5 * np.sum((s - wanted) ** 2),
        np.zeros(len(pairs)),
        jac=lambda s: s - wanted,
        bounds=[(0, cap)] * len(pairs),
        constraints=[limit],
        method="SLSQP",
        options={"maxiter": 10_000, "ftol": 1e-15},
    ).x
    low, high = s < 1e-6, s > cap - 1e-6
    inside = ~low & ~high
    full = columns @ s > total - 1e-6
    # inside entries s = wanted - columns' tau, with columns s = total where full
    a = columns[full]
    right = a[:, inside] @ wanted[inside] + cap * a[:, high].sum(1) - total
    tau = np.zeros(n)
    tau[full] = np.linalg.lstsq(a[:, inside] @ a[:, inside].T, right, rcond=None)[0]
    pushed = wanted - columns.T @ tau
    answer = np.where(low, 0, np.where(high, cap, pushed))
    assert np.max(np.abs(answer - s)) < 1e-5
    assert (answer >= 0).all() and (answer <= cap).all() and (columns @ answer <= total + 1e-12).all()
    assert (tau >= 0).all() and (pushed[low] <= 0).all() and (pushed[high] >= cap).all()
    x = np.zeros((n, n))
    for k, (i, j) in enumerate(pairs):
        x[i, j] = x[j, i] = answer[k]
    print(n, "at most:", full.sum(), "columns full,", low.sum(), "pairs zero,", high.sum(), "at the cap,", inside.sum(), "inside")
    return x


rng = np.random.default_rng(9)
for n, total, cap, zeros, mean in [
    (5, 0.6, 0.5, 0.0, 0.2),
    (8, 1.5, 0.6, 0.3, 0.4),
    (6, 1.3, 0.7, 0.0, 0.2),
    (12, 1.7, 0.5, 0.2, 0.3),
    (15, 1.4, 0.4, 0.0, -0.1),
]:
    free = np.triu(rng.uniform(0, 1, (n, n)) >= zeros, 1)
    free = free | free.T
    if n == 12:
        # the root of a tree: no pair of it is free
        free[0, :] = free[:, 0] = False
    v = mean + 0.7 * rng.standard_normal((n, n))
    x = at_most(v, free, total, cap)
    problems.append({"sum": total, "cap": cap, "atMost": True, "free": free.tolist(), "v": v.tolist(), "answer": x.tolist()})

target = pathlib.Path(__file__).parent.parent / "resources" / "oracles" / "capped_simplex.json"
target.write_text(json.dumps(problems) + "\n")
