package io.github.dl4jsparse.solver;

import io.github.dl4jsparse.testkit.SolverContract;

class IstaTest extends SolverContract {
    @Override
    protected Solver solver(int maxIterations, double tolerance) {
        return new Ista(maxIterations, tolerance);
    }
}
