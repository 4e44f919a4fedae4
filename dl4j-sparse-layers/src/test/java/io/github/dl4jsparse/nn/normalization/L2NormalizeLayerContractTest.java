package io.github.dl4jsparse.nn.normalization;

import io.github.dl4jsparse.testkit.LayerContract;
import io.github.dl4jsparse.testkit.LayerVariant;
import io.github.dl4jsparse.testkit.Samples;
import java.util.List;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The contract of every layer, on {@link L2NormalizeLayer}. */
class L2NormalizeLayerContractTest extends LayerContract {
    @Override
    public Stream<LayerVariant> variants() {
        return Stream.of(new LayerVariant("directions", L2NormalizeLayer.Builder::new));
    }

    /** {@inheritDoc} It takes codes of any width. */
    @Override
    public List<INDArray> misshapenInputs() {
        return List.of(Samples.gaussian(1, 2, 3, 2, 2), Samples.gaussian(1, 2, 3, 2, 2, 1));
    }
}
