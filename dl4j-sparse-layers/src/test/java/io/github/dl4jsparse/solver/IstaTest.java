package io.github.dl4jsparse.solver;

class IstaTest extends SolverContract {
    @Override
    protected Solver solver(int maxIterations, double tolerance) {
        return new Ista(maxIterations, tolerance);
    }
}
