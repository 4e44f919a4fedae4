package io.github.dl4jsparse.nn.inhibition;

import io.github.dl4jsparse.nn.spi.NamedParamInitializer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The layout of the learned matrix of a {@link LateralInhibitionLayer} in DL4J's flat array; its first values are
 * within its limits.
 */
final class LateralInhibitionParamInitializer extends NamedParamInitializer<LateralInhibitionLayer> {
    static final LateralInhibitionParamInitializer INSTANCE = new LateralInhibitionParamInitializer();

    private LateralInhibitionParamInitializer() {
        super(LateralInhibitionLayer.class, Set.of(), Set.of());
    }

    @Override
    protected Map<String, long[]> shapes(LateralInhibitionLayer conf) {
        Map<String, long[]> shapes = new LinkedHashMap<>();
        conf.penaltyParameters().addShapes(shapes);
        return shapes;
    }

    @Override
    protected void start(LateralInhibitionLayer conf, Map<String, INDArray> params) {
        conf.penaltyParameters().start(params);
    }
}
