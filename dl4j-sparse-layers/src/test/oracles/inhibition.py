"""Answers for the tests of lateral inhibition: writes ../resources/oracles/inhibition.json.

Needs numpy and scipy (made with 2.4.6 and 1.17.1). Two kinds of answers to
min_z 1/2 |x - D z|^2 + alpha |z|' S |z| + lambda |z|_1:

- "minima": the energies of all points that no change of a single unit improves, found without any iteration: on every pattern of
  signs the energy is a quadratic, whose stationary point is a solution of linear equations, kept if its signs are those of the
  pattern and the zero units meet their thresholds. Where inhibition is strong there are many.
- "code": the answer of coordinate descent from 0.1 D'x, written down from its formula with residuals computed anew each time, and
  for the problems that are convex scipy's bounded L-BFGS on positive and negative parts, which must agree.
"""

import itertools
import json
import pathlib

import numpy as np
from scipy.optimize import minimize

rng = np.random.default_rng(6)


def energy(z, x, dictionary, a, lam):
    """a = 2 alpha S."""
    m = np.abs(z)
    return 0.5 * np.sum((x - dictionary @ z) ** 2) + 0.5 * m @ a @ m + lam * m.sum()


def descend(x, dictionary, a, lam, positive):
    z = 0.1 * dictionary.T @ x
    if positive:
        z = np.maximum(z, 0)
    for _ in range(100_000):
        before = z.copy()
        for i in range(len(z)):
            atom = dictionary[:, i]
            others = z.copy()
            others[i] = 0
            c = atom @ (x - dictionary @ others)
            q = a[i] @ np.abs(others) + lam
            size = max(0, (c if positive else abs(c)) - q)
            z[i] = np.sign(c) * size / (atom @ atom + a[i, i])
        if np.max(np.abs(z - before)) < 1e-15:
            break
    return z


def minima(x, dictionary, a, lam, positive):
    n = dictionary.shape[1]
    gram = dictionary.T @ dictionary
    c = dictionary.T @ x
    found = []
    for signs in itertools.product([0, 1] if positive else [0, 1, -1], repeat=n):
        s = np.array(signs, float)
        on = s != 0
        z = np.zeros(n)
        if on.any():
            hessian = (gram + a * np.outer(s, s))[np.ix_(on, on)]
            if abs(np.linalg.det(hessian)) < 1e-12:
                continue
            z[on] = np.linalg.solve(hessian, (c - lam * s)[on])
            if (z[on] * s[on] <= 0).any():
                continue
        slope = c - gram @ z
        q = a @ np.abs(z) + lam
        off = ~on
        if ((slope if positive else np.abs(slope))[off] > q[off] + 1e-12).any():
            continue
        found.append(float(energy(z, x, dictionary, a, lam)))
    return sorted(found)


def by_lbfgs(x, dictionary, a, lam, positive):
    n = dictionary.shape[1]

    def both(parts):
        z = parts[:n] - parts[n:]
        m = parts[:n] + parts[n:]
        slope = -dictionary.T @ (x - dictionary @ z)
        push = a @ m + lam
        value = 0.5 * np.sum((x - dictionary @ z) ** 2) + 0.5 * m @ a @ m + lam * m.sum()
        return value, np.concatenate([slope + push, -slope + push])

    bounds = [(0, None)] * n + [(0, 0 if positive else None)] * n
    start = np.concatenate([np.full(n, 0.1), np.full(n, 0.0 if positive else 0.1)])
    options = {"maxiter": 100_000, "maxfun": 1_000_000, "ftol": 1e-16, "gtol": 1e-12, "maxcor": 50}
    return minimize(both, start, jac=True, bounds=bounds, method="L-BFGS-B", options=options).fun


problems = []
for kind, inputs, units, alpha, lam, diagonal, positive in [
    ("weak", 12, 7, 0.01, 0.1, 0.0, False),
    ("weak", 12, 7, 0.02, 0.0, 1.0, False),
    ("weak", 12, 9, 0.01, 0.05, 0.0, True),
    ("strong", 5, 8, 0.5, 0.0, 0.0, False),
    ("strong", 5, 8, 3.0, 0.1, 0.5, False),
    ("strong", 4, 10, 2.0, 0.02, 0.0, True),
]:
    dictionary = rng.standard_normal((inputs, units))
    dictionary /= np.linalg.norm(dictionary, axis=0)
    s = rng.uniform(0, 1, (units, units)) * (rng.uniform(0, 1, (units, units)) < 0.8)
    s = np.triu(s, 1)
    s = s + s.T + diagonal * np.eye(units)
    a = 2 * alpha * s
    xs = rng.standard_normal((4, inputs))
    codes, energies, all_minima = [], [], []
    for x in xs:
        z = descend(x, dictionary, a, lam, positive)
        e = energy(z, x, dictionary, a, lam)
        low = minima(x, dictionary, a, lam, positive)
        assert min(abs(e - other) for other in low) < 1e-9 * e, (e, low)
        if kind == "weak":
            # convex where D'D + A is positive definite for every pattern of signs; then all answers are one
            assert len(low) == 1, low
            assert abs(by_lbfgs(x, dictionary, a, lam, positive) - e) < 1e-8 * e
        codes.append(z.tolist())
        energies.append(float(e))
        all_minima.append(low)
    problems.append(
        {
            "alpha": alpha,
            "lambda": lam,
            "nonNegative": positive,
            "inhibition": s.tolist(),
            "dictionary": dictionary.tolist(),
            "inputs": xs.tolist(),
            "codes": codes,
            "energies": energies,
            "minima": all_minima,
        }
    )
    print(kind, [len(m) for m in all_minima], [sum(c != 0 for c in code) for code in codes])

target = pathlib.Path(__file__).parent.parent / "resources" / "oracles" / "inhibition.json"
target.write_text(json.dumps(problems) + "\n")
