package example;

import io.github.dl4jsparse.energy.Penalty;
import io.github.dl4jsparse.testkit.PenaltyContract;

class ElasticNetTest extends PenaltyContract {
    @Override
    protected Penalty penalty() {
        return new ElasticNet(0.4, 0.3);
    }

    @Override
    protected Penalty otherPenalty() {
        return new ElasticNet(0.4, 0.2);
    }
}
