package io.github.dl4jsparse.nn.coding;

import io.github.dl4jsparse.internal.nn.RandomDictionary;
import io.github.dl4jsparse.nn.spi.NamedParamInitializer;
import java.util.Map;
import java.util.Set;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The layout of the dictionary of a {@link SparseCodingLayer} in DL4J's flat array; atoms are random at the start. */
final class SparseCodingParamInitializer extends NamedParamInitializer<SparseCodingLayer> {
    static final SparseCodingParamInitializer INSTANCE = new SparseCodingParamInitializer();

    private SparseCodingParamInitializer() {
        super(SparseCodingLayer.class, Set.of(SparseCodingLayer.DICTIONARY), Set.of());
    }

    @Override
    protected Map<String, long[]> shapes(SparseCodingLayer conf) {
        return Map.of(SparseCodingLayer.DICTIONARY, new long[] {conf.getNIn(), conf.getNOut()});
    }

    @Override
    protected void start(SparseCodingLayer conf, Map<String, INDArray> params) {
        INDArray dictionary = params.get(SparseCodingLayer.DICTIONARY);
        dictionary.assign(RandomDictionary.draw(conf, conf.getNIn(), conf.getNOut(), dictionary.dataType()));
    }
}
