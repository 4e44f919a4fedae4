package io.github.dl4jsparse.examples.spark;

import java.io.PrintWriter;

/** The progress of one stage after the other. */
final class StageProgress implements AutoCloseable {
    private final String where;
    private final PrintWriter out;
    private int stage;
    private EpochProgress progress;

    /**
     * @param where  what trains, to be read after "without labels"
     * @param out    for the plain lines
     */
    StageProgress(String where, PrintWriter out) {
        this.where = where;
        this.out = out;
    }

    /** An epoch is done; with the first of them begins the next stage. */
    void epochDone(int epoch, int epochs, double loss) {
        if (epoch == 1) {
            close();
            stage++;
            progress = new EpochProgress("stage " + stage + " without labels " + where, epochs, out);
        }
        progress.epochDone(loss);
    }

    @Override
    public void close() {
        if (progress != null) {
            progress.close();
        }
    }
}
