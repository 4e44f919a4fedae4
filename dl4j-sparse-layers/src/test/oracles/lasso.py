"""Answers of scikit-learn's coordinate descent for SolverContract: writes lasso.json of dl4j-sparse-testkit.

Needs numpy and scikit-learn (made with 1.24.2 and 1.2.1). scikit-learn minimises 1/(2 m) |x - D z|^2 + alpha |z|_1,
so alpha = weight / m. Its tolerance is set to the smallest that it can reach in double precision.
"""

import json
import pathlib

import numpy as np
from sklearn.linear_model import Lasso

rng = np.random.default_rng(20)
problems = []
for inputs, units, examples, weight, positive in [
    (20, 50, 5, 0.5, False),
    (20, 12, 4, 0.2, False),
    (16, 40, 3, 0.05, False),
    (16, 40, 3, 0.3, True),
]:
    dictionary = rng.standard_normal((inputs, units))
    dictionary /= np.linalg.norm(dictionary, axis=0)
    x = rng.standard_normal((examples, inputs))
    codes = []
    energies = []
    for row in x:
        model = Lasso(
            alpha=weight / inputs, fit_intercept=False, positive=positive, tol=1e-15, max_iter=10_000_000
        )
        z = model.fit(dictionary, row).coef_
        codes.append(z.tolist())
        energies.append(float(0.5 * np.sum((row - dictionary @ z) ** 2) + weight * np.sum(np.abs(z))))
    problems.append(
        {
            "weight": weight,
            "nonNegative": positive,
            "dictionary": dictionary.tolist(),
            "inputs": x.tolist(),
            "codes": codes,
            "energies": energies,
        }
    )

root = pathlib.Path(__file__).resolve().parents[4]
target = root / "dl4j-sparse-testkit/src/main/resources/io/github/dl4jsparse/testkit/lasso.json"
target.write_text(json.dumps(problems) + "\n")
