package io.github.dl4jsparse.nn.spi;

import io.github.dl4jsparse.energy.LateralInhibitionPenalty;
import io.github.dl4jsparse.energy.LearnedInhibition;
import io.github.dl4jsparse.energy.Penalty;
import org.nd4j.shade.jackson.annotation.JsonCreator;

/**
 * The form in which files of earlier versions store a learned penalty, as an entry next to the layer's penalty; only
 * lateral inhibition could be learned.
 */
final class EarlierLearning {
    private final LearnedInhibition how;

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    EarlierLearning(LearnedInhibition how) {
        this.how = how;
    }

    /**
     * The penalty in its present form.
     *
     * @throws IllegalArgumentException if it can't be learned
     */
    Penalty of(Penalty penalty) {
        return penalty instanceof LateralInhibitionPenalty fixed ? fixed.learned(how) : penalty;
    }
}
