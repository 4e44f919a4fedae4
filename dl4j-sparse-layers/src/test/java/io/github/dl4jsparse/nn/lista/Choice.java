package io.github.dl4jsparse.nn.lista;

import io.github.dl4jsparse.shrinkage.Shrinkage;
import io.github.dl4jsparse.shrinkage.TopKShrinkage;
import java.util.stream.Stream;
import org.junit.jupiter.params.converter.SimpleArgumentConverter;

/** Choices of an unrolled encoder by their names, for parametrised tests. */
public final class Choice extends SimpleArgumentConverter {
    @Override
    protected Object convert(Object source, Class<?> target) {
        return switch ((String) source) {
            case "SOFT" -> Shrinkage.SOFT;
            case "NON_NEGATIVE" -> Shrinkage.NON_NEGATIVE;
            case "FREE" -> Coupling.free();
            case "DICTIONARY" -> Coupling.dictionary();
            default -> throw new IllegalArgumentException("no choice " + source);
        };
    }

    /** A choice of a type that no layer of the contracts has; null for another type. */
    public static Object other(Class<?> type) {
        if (type == Shrinkage.class) {
            return new TopKShrinkage(3);
        } else if (type == Coupling.class) {
            return Coupling.learnedWithStepSizes();
        } else if (type == Momentum.class) {
            return Momentum.learned();
        } else if (type == ThresholdSchedule.class) {
            return ThresholdSchedule.perStep();
        }
        return type == SupportSelection.class ? SupportSelection.share(0.123, 0.456) : null;
    }

    /** Both shrinkages unit by unit. */
    public static Stream<Shrinkage> shrinkages() {
        return Stream.of(Shrinkage.NON_NEGATIVE, Shrinkage.SOFT);
    }

    /** Both couplings with a drive. */
    public static Stream<Coupling> driven() {
        return Stream.of(Coupling.free(), Coupling.dictionary());
    }
}
