package io.github.dl4jsparse.energy;

import io.github.dl4jsparse.testkit.LearnedPenaltyContract;

class LearnedL1PenaltyTest extends LearnedPenaltyContract {
    @Override
    protected LearnedL1Penalty penalty() {
        return new LearnedL1Penalty(6, 0.4, true);
    }

    @Override
    protected double sign() {
        return -1;
    }

    @Override
    protected Penalty otherPenalty() {
        return new LearnedL1Penalty(6, 0.5, true);
    }
}
