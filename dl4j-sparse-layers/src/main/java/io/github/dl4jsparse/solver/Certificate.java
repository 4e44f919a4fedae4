package io.github.dl4jsparse.solver;

/** The kind of a solver's certificate of optimality. Both kinds are at least 0, and 0 exactly at a minimum. */
public enum Certificate {
    /**
     * The duality gap divided by the energy: the energy is at most this fraction above its minimum.
     * <p>\[ \frac{E(z) - \max_s d(s r)}{E(z)}, \qquad d(\theta) = \langle x, \theta \rangle - \tfrac12 \lVert \theta \rVert^2,
     * \quad \Omega^{\circ}(D^{\top} \theta) \le 1 \]
     * where r is the residual, scaled by s to be feasible. Convex penalties with a dual norm in closed form.
     */
    DUALITY_GAP,
    /**
     * The Euclidean distance of zero to the sub-differential of the energy divided by the norm of {@code D'x}: the
     * violation of the optimality conditions. It certifies a stationary point only where the penalty is not convex.
     */
    SUBGRADIENT_DISTANCE
}
