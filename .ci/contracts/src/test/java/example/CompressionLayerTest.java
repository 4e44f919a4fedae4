package example;

import io.github.dl4jsparse.testkit.LayerContract;
import io.github.dl4jsparse.testkit.LayerVariant;
import java.util.List;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;

class CompressionLayerTest extends LayerContract {
    @Override
    public Stream<LayerVariant> variants() {
        return Stream.of(new LayerVariant("strength 2", () -> new CompressionLayer.Builder().strength(2)));
    }

    /** It takes arrays of any shape. */
    @Override
    public List<INDArray> misshapenInputs() {
        return List.of();
    }
}
