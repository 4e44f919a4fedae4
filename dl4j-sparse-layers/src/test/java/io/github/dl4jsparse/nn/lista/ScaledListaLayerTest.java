package io.github.dl4jsparse.nn.lista;

import io.github.dl4jsparse.DoublePrecision;
import io.github.dl4jsparse.Samples;
import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.nn.LayerExamplesContract;
import io.github.dl4jsparse.nn.LayerParametersContract;
import io.github.dl4jsparse.nn.LayerPersistenceContract;
import io.github.dl4jsparse.nn.LayerToolsContract;
import io.github.dl4jsparse.nn.LayerVariant;
import io.github.dl4jsparse.shrinkage.Shrinkage;
import io.github.dl4jsparse.solver.CoordinateDescent;
import java.lang.reflect.Field;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What saves, copies and transfers a layer, and what tells of single examples, on {@link ListaLayer} with a scale of its input. The
 * scale is a parameter that the first data set and no gradient does: its scores and the gradients of the other parameters are in
 * {@code InputScaleTest}.
 */
@ExtendWith(DoublePrecision.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ScaledListaLayerTest
        implements LayerExamplesContract, LayerPersistenceContract, LayerToolsContract, LayerParametersContract {
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

    @Override
    public FeedForwardLayer.Builder<?> withoutInputValidation(FeedForwardLayer.Builder<?> builder) {
        return ((ListaLayer.Builder) builder).validateInput(false);
    }

    /** Factors, so that a scale that is still to be measured stays 0. */
    @Override
    public void addNoise(INDArray params) {
        params.muli(Samples.gaussian(99, params.shape()).muli(0.1).addi(1).castTo(params.dataType()));
    }

    @Override
    public Object otherValue(Field field, Object value) {
        return switch (field.getName()) {
            case "penalty" -> new L1Penalty(0.777);
            case "predictive" -> new PredictiveSparseDecomposition(0.3, new CoordinateDescent(7, 0.1));
            default -> LayerToolsContract.super.otherValue(field, value);
        };
    }
}
