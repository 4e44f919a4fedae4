package io.github.dl4jsparse.solver;

class FistaTest extends SolverContract {
    @Override
    protected Solver solver(int maxIterations, double tolerance) {
        return new Fista(maxIterations, tolerance);
    }

    @Override
    protected boolean isMonotone() {
        return false;
    }
}
