package io.github.dl4jsparse.solver;

/** Solves one example of a batch at a time, with arrays that are reused for the next example. */
interface RowSolver {
    /**
     * Loads an example.
     *
     * @param codes        the start codes of the batch, row by row. Not modified.
     * @param correlations {@code c} of the batch, row by row. Not modified.
     * @param index        the row
     * @param squares      {@code s} of the row
     */
    void load(double[] codes, double[] correlations, int index, double squares);

    /** Solves the example; returns the number of rounds. */
    int solve();

    /** The certificate at the end. */
    double certificate();

    /** The energy after a round; round 0 is the start. */
    double energy(int round);

    /** Writes the code into the batch. */
    void store(double[] codes, int index);
}
