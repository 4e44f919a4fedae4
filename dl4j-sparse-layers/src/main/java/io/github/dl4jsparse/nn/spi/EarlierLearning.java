package io.github.dl4jsparse.nn.spi;

import io.github.dl4jsparse.energy.LateralInhibitionPenalty;
import io.github.dl4jsparse.energy.LearnedInhibition;
import io.github.dl4jsparse.energy.Penalty;
import org.nd4j.shade.jackson.annotation.JsonCreator;

/** How files of earlier versions say, beside a layer's penalty, that the penalty is learned: that of lateral inhibition alone was. */
final class EarlierLearning {
    private final LearnedInhibition how;

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    EarlierLearning(LearnedInhibition how) {
        this.how = how;
    }

    /**
     * The penalty as it is written today.
     *
     * @throws IllegalArgumentException if it can't be learned
     */
    Penalty of(Penalty penalty) {
        return penalty instanceof LateralInhibitionPenalty fixed ? fixed.learned(how) : penalty;
    }
}
