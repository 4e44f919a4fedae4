package io.github.dl4jsparse.examples;

import io.github.dl4jsparse.nn.common.EnergyTerms;
import io.github.dl4jsparse.train.PretrainListener;
import io.github.dl4jsparse.train.PretrainProgress;

/** Passes on how pre-training goes: to the terminal after every batch, to the curves after every epoch. */
record PretrainReport(TrainingProgress progress, LossCurves curves) implements PretrainListener {
    @Override
    public void batchDone(PretrainProgress p) {
        progress.batchDone(p.training().reconstruction(), p.training().penalty(), Double.NaN);
    }

    @Override
    public void epochDone(PretrainProgress p) {
        EnergyTerms e = p.training();
        progress.epochDone(p.epoch(), e.reconstruction(), e.penalty(), Double.NaN, Double.NaN);
        curves.pretrained(e.reconstruction(), e.penalty());
    }
}
