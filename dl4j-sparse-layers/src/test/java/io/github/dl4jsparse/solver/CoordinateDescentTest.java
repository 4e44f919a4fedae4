package io.github.dl4jsparse.solver;

class CoordinateDescentTest extends SolverContract {
    @Override
    protected Solver solver(int maxIterations, double tolerance) {
        return new CoordinateDescent(maxIterations, tolerance);
    }
}
