package io.github.dl4jsparse.examples.run;

import io.github.dl4jsparse.train.PretrainListener;
import io.github.dl4jsparse.train.PretrainListener.PretrainProgress;

/** Passes on how pre-training goes: to the terminal after every batch, to the curves after every epoch. */
public record PretrainReport(TrainingProgress progress, LossCurves curves) implements PretrainListener {
    @Override
    public void batchDone(PretrainProgress p) {
        progress.batchDone(p.training());
    }

    @Override
    public void epochDone(PretrainProgress p) {
        progress.epochDone(p.epoch(), p.training(), Double.NaN);
        curves.pretrained(p.training());
    }
}
