package io.github.dl4jsparse.nn.lista;

import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.nn.OwnLayerContract;
import io.github.dl4jsparse.shrinkage.Shrinkage;
import io.github.dl4jsparse.solver.CoordinateDescent;
import io.github.dl4jsparse.testkit.LayerVariant;
import io.github.dl4jsparse.testkit.NetworkKind;
import io.github.dl4jsparse.testkit.Samples;
import java.lang.reflect.Field;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The contract on {@link ListaLayer} with a scale of its input, which is a parameter that the first data set and no gradient sets: its
 * scores and the gradients of the other parameters are in {@code InputScaleTest}.
 */
class ScaledListaLayerTest extends OwnLayerContract {
    private static LayerVariant variant(String name, Shrinkage shrinkage, Coupling coupling) {
        return new LayerVariant(name, weight -> new ListaLayer.Builder()
                .nOut(4)
                .iterations(3)
                .shrinkage(shrinkage)
                .coupling(coupling)
                .inputScaling(true)
                .penalty(new L1Penalty(0.1))
                .unsupervisedWeight(weight));
    }

    @Override
    public Stream<LayerVariant> variants() {
        return Stream.of(
                variant("soft", Shrinkage.SOFT, Coupling.free()),
                variant("non-negative, through the decoder", Shrinkage.NON_NEGATIVE, Coupling.dictionary()));
    }

    /** Factors, so that a scale that is still to be measured stays 0. */
    @Override
    public void addNoise(INDArray params) {
        params.muli(Samples.gaussian(99, params.shape()).muli(0.1).addi(1).castTo(params.dataType()));
    }

    // what a scale without a gradient, which the first batch sets, cannot keep; InputScaleTest has what it does keep
    @Override
    public void preTraining(LayerVariant variant) {}

    @Override
    public void preTrainingWithWeightPenalties(LayerVariant variant) {}

    @Override
    public void preTrainingWithDropoutOnTheInput(LayerVariant variant) {}

    @Override
    public void supervisedLossAlone(LayerVariant variant) {}

    @Override
    public void stackOfTwo(LayerVariant variant) {}

    @Override
    public void everyParameterHasAGradient(LayerVariant variant) {}

    @Override
    public void withWeightPenalties(LayerVariant variant) {}

    @Override
    public void withAMaskOfExamples(LayerVariant variant, NetworkKind kind) {}

    @Override
    public void gradientsAgreeWithFiniteDifferences(LayerVariant variant, NetworkKind kind) {}

    @Override
    public void withDropoutOnTheInput(LayerVariant variant) {}

    @Override
    public void scoreIsSupervisedPlusWeightedEnergy(LayerVariant variant, NetworkKind kind) {}

    @Override
    public void fitReportsTheEnergyOfItsBatch(LayerVariant variant) {}

    @Override
    public void fitLeavesPretrainingParametersAlone(LayerVariant variant) {}

    @Override
    public void pretrainingOnDataOfAnotherPrecisionIsAsIfCast(LayerVariant variant) {}

    @Override
    public void dataOfAnotherPrecisionIsTakenAsIfCast(LayerVariant variant) {}

    @Override
    public Object otherValue(Field field, Object value) {
        return switch (field.getName()) {
            case "predictive" -> new PredictiveSparseDecomposition(0.3, new CoordinateDescent(7, 0.1));
            default -> super.otherValue(field, value);
        };
    }
}
