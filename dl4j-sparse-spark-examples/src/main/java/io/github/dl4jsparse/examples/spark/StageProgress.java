package io.github.dl4jsparse.examples.spark;

import io.github.dl4jsparse.train.PretrainListener;
import io.github.dl4jsparse.train.PretrainListener.PretrainProgress;
import java.io.PrintWriter;

/** The progress of one stage after the other. */
final class StageProgress implements PretrainListener, AutoCloseable {
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
    @Override
    public void epochDone(PretrainProgress done) {
        if (done.epoch() == 1) {
            close();
            stage++;
            progress = new EpochProgress("stage " + stage + " without labels " + where, done.epochs(), out);
        }
        progress.epochDone(done.training().total());
    }

    @Override
    public void close() {
        if (progress != null) {
            progress.close();
        }
    }
}
