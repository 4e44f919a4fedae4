package io.github.dl4jsparse.nn;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;

/** The two kinds of DL4J's networks, for tests that hold for both. */
public enum NetworkKind {
    MULTI_LAYER {
        @Override
        public AnyNetwork of(LayerFixture fixture, NeuralNetConfiguration.Builder settings, Layer... layers) {
            return new AnyNetwork.Stack(fixture.network(settings, layers));
        }
    },
    GRAPH {
        @Override
        public AnyNetwork of(LayerFixture fixture, NeuralNetConfiguration.Builder settings, Layer... layers) {
            return new AnyNetwork.Graph(fixture.graph(settings, layers));
        }
    };

    /** A classifier on the given layers, as the fixture makes it. */
    public abstract AnyNetwork of(LayerFixture fixture, NeuralNetConfiguration.Builder settings, Layer... layers);
}
