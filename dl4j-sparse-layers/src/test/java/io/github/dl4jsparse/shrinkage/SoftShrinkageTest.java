package io.github.dl4jsparse.shrinkage;

import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.energy.Penalty;
import io.github.dl4jsparse.testkit.ShrinkageContract;

class SoftShrinkageTest extends ShrinkageContract {
    @Override
    protected Shrinkage shrinkage() {
        return new SoftShrinkage();
    }

    @Override
    protected Shrinkage otherShrinkage() {
        return Shrinkage.NON_NEGATIVE;
    }

    @Override
    protected Penalty penalty() {
        return new L1Penalty(new double[] {0.5, 0.2, 1, 0.7, 0.4, 0.9});
    }
}
