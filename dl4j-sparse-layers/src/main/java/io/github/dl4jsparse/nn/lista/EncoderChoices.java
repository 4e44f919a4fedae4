package io.github.dl4jsparse.nn.lista;

import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.nn.constraint.MaxAtomNormConstraint;
import io.github.dl4jsparse.nn.spi.Prunable.Axis;
import io.github.dl4jsparse.shrinkage.Shrinkage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.layers.LayerConstraint;
import org.deeplearning4j.nn.conf.constraint.NonNegativeConstraint;

/**
 * Properties that depend on several of the five choices of an encoder: thresholds, limits, learning rates, and invalid
 * combinations.
 */
final class EncoderChoices {
    private EncoderChoices() {}

    /** The number of thresholds of one step. */
    static int thresholds(ListaConf conf) {
        return conf.getShrinkage().thresholds(conf.shrunkUnits());
    }

    /** The shrinkage of a step. */
    static Shrinkage shrinkage(ListaConf conf) {
        Shrinkage shrinkage = conf.getShrinkage();
        return conf.getSupport().isNone() ? shrinkage : new SelectingShrinkage(shrinkage, conf.getSupport());
    }

    /** Whether steps are affine maps with a unit-wise soft or non-negative shrinkage and one threshold a unit. */
    static boolean areAffine(ListaConf conf) {
        Shrinkage shrinkage = conf.getShrinkage();
        return conf.getCoupling().hasDrive()
                && !conf.hasMomentum()
                && conf.getSupport().isNone()
                && conf.auxiliaryChannels().isNone()
                && conf.getThresholds().equals(ThresholdSchedule.perUnit())
                && (Shrinkage.SOFT.equals(shrinkage) || Shrinkage.NON_NEGATIVE.equals(shrinkage));
    }

    /**
     * The thresholds of a step at the start.
     *
     * @param step its size
     * @return the thresholds of a step, a new array
     */
    static double[] startThresholds(ListaConf conf, double step) {
        int units = conf.shrunkUnits();
        double[] thresholds;
        if (conf.getPenalty().units() == 0 || conf.getPenalty().units() == units) {
            thresholds = conf.getShrinkage().startThresholds(units, step, conf.getPenalty());
        } else {
            // the penalty counts the units of all positions, the shrinkage those of one
            thresholds = new double[thresholds(conf)];
            Arrays.fill(thresholds, step * conf.getPenalty().shrinkageThreshold());
        }
        if (conf.getInitialThreshold() != null) {
            Arrays.fill(thresholds, conf.getInitialThreshold());
        }
        return thresholds;
    }

    /**
     * Refuses invalid combinations; checks that depend on the size of the images are made once it is known.
     *
     * @throws IllegalArgumentException with the remedy
     */
    static void require(ListaConf conf) {
        conf.getCoupling().require(conf);
        if (conf.getThresholds().needsLevels() && !conf.auxiliaryChannels().level()) {
            throw Args.failure(
                    "thresholds",
                    "perUnit() for a layer whose input has no channel of the noise level; or take a"
                            + " ConvolutionalListaLayer",
                    conf.getThresholds());
        }
        if (conf.getEncoderNorm() < Double.POSITIVE_INFINITY
                && !conf.getCoupling().has(ListaConf.ENCODER, conf)) {
            throw Args.failure("encoderNorm", "left out for a coupling without an encoder", conf.getEncoderNorm());
        }
        long found = conf.getShrinkage().units();
        long units = conf.getNOut();
        boolean fits = found % units == 0 && (!conf.isSizeKnown() || conf.mayShrinkTogether(found));
        if (found != 0 && !fits) {
            throw Args.failure("shrinkage", "for the " + units + " units of the layer", found + " units");
        }
        if (conf.isSizeKnown()) {
            conf.getThresholds().require(conf);
        }
    }

    /** Bounds of the norms of atoms and filters, and thresholds of at least 0 where the shrinkage needs them. */
    static List<LayerConstraint> constraints(ListaConf conf) {
        List<LayerConstraint> own = new ArrayList<>();
        if (conf.getDecoderNorm() < Double.POSITIVE_INFINITY) {
            own.add(
                    conf.isTiedDecoder()
                            ? encoderBound(conf, conf.getDecoderNorm())
                            : MaxAtomNormConstraint.columns(conf.getDecoderNorm(), ListaConf.DECODER));
        }
        if (conf.getEncoderNorm() < Double.POSITIVE_INFINITY) {
            own.add(encoderBound(conf, conf.getEncoderNorm()));
        }
        if (conf.getShrinkage().needsNonNegativeThresholds()) {
            NonNegativeConstraint sign = new NonNegativeConstraint();
            sign.setParams(conf.getThresholds().parameters());
            own.add(sign);
        }
        return own;
    }

    private static LayerConstraint encoderBound(ListaConf conf, double bound) {
        return conf.isEncoderTransposed()
                ? MaxAtomNormConstraint.columns(bound, ListaConf.ENCODER)
                : MaxAtomNormConstraint.rows(bound, ListaConf.ENCODER);
    }

    /** Factors of learning rates: one over the number of uses of a weight in a pass. */
    static Map<String, Double> factorsByUse(ListaConf conf) {
        Map<String, Double> factors = new LinkedHashMap<>();
        if (conf.getCoupling().has(ListaConf.ENCODER, conf)) {
            factors.put(ListaConf.ENCODER, 1.0 / conf.getIterations());
        }
        if (conf.getCoupling().has(ListaConf.RECURRENT, conf)) {
            factors.put(ListaConf.RECURRENT, 1.0 / (conf.getIterations() - 1));
        }
        return factors;
    }

    /** The axis of the columns of the thresholds. */
    static Axis thresholdAxis(ListaConf conf) {
        boolean isOfUnit =
                conf.getThresholds().isOfUnits() && conf.getShrinkage().isThresholdOfUnit();
        return isOfUnit ? Axis.UNITS : Axis.OTHER;
    }
}
