package example;

import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.energy.Penalty;
import io.github.dl4jsparse.shrinkage.Shrinkage;
import io.github.dl4jsparse.testkit.ShrinkageContract;

class FirmShrinkageTest extends ShrinkageContract {
    @Override
    protected Shrinkage shrinkage() {
        return new FirmShrinkage(2);
    }

    @Override
    protected Shrinkage otherShrinkage() {
        return new FirmShrinkage(3);
    }

    @Override
    protected Penalty penalty() {
        return new L1Penalty(0.5);
    }

    /** Of no convex penalty. */
    @Override
    protected boolean startsAsProximalOperator() {
        return false;
    }
}
