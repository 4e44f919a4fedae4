package io.github.dl4jsparse.nn.lista;

import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.energy.LateralInhibitionPenalty;
import io.github.dl4jsparse.energy.LearnedInhibition;
import io.github.dl4jsparse.energy.SmoothedGroupPenalty;
import io.github.dl4jsparse.group.Groups;
import io.github.dl4jsparse.group.InhibitionMatrix;
import io.github.dl4jsparse.group.Window;
import io.github.dl4jsparse.operator.LocalGeometry;
import io.github.dl4jsparse.shrinkage.Shrinkage;
import io.github.dl4jsparse.testkit.LayerVariant;
import java.lang.reflect.Field;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.junit.jupiter.api.Nested;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.shape.Shape;
import org.nd4j.linalg.factory.Nd4j;

/** The contract of every layer, on every kind of {@link LocallyConnectedListaLayer}. */
class LocallyConnectedListaLayerTest {
    private static LayerVariant variant(
            String name,
            Shrinkage shrinkage,
            int iterations,
            UnaryOperator<LocallyConnectedListaLayer.Builder> options) {
        return new LayerVariant(
                name,
                weight -> options.apply(new LocallyConnectedListaLayer.Builder(2)
                        .nOut(2)
                        .iterations(iterations)
                        .shrinkage(shrinkage)
                        .initialThreshold(0.1)
                        .penalty(new L1Penalty(0.05))
                        .unsupervisedWeight(weight)));
    }

    /** Images of two channels, 4 x 3 pixels, and what differs from shared filters. */
    private abstract static class Fixture extends ConvolutionalFixture {
        private final CNN2DFormat format;

        Fixture(CNN2DFormat format) {
            super(format);
            this.format = format;
        }

        /** Coverage of the pixels by plain counting. */
        @Override
        public INDArray pixelWeights(LayerVariant variant, INDArray residual) {
            LocallyConnectedListaLayer conf = (LocallyConnectedListaLayer) variant.layer(0);
            INDArray weights = Nd4j.onesLike(residual);
            boolean first = format == CNN2DFormat.NCHW;
            for (long i = 0; conf.isWeightBorder() && !conf.isTorus() && i < weights.length(); i++) {
                long[] at = Shape.ind2subC(residual.shape(), i);
                weights.putScalar(i, share(at[first ? 2 : 1], HEIGHT) * share(at[first ? 3 : 2], WIDTH));
            }
            return weights;
        }

        /** Of patches of two pixels that lie inside, one sees the first and the last pixel and two all others. */
        private static double share(long pixel, int side) {
            return pixel == 0 || pixel == side - 1 ? 0.5 : 1;
        }

        @Override
        public Object otherValue(Field field, Object value) {
            return value instanceof Integer number ? number + 1 : super.otherValue(field, value);
        }
    }

    @Nested
    class ChannelsFirst extends Fixture {
        ChannelsFirst() {
            super(CNN2DFormat.NCHW);
        }

        @Override
        public Stream<LayerVariant> variants() {
            int[] sheet = new LocalGeometry(2, HEIGHT, WIDTH, 2, 1, 2, true).sheet(1);
            Groups windows = Groups.torus(4, 6, Window.of(3).gaussian(1)).renumbered(sheet);
            return Stream.of(
                    variant("non-negative, K = 1, gain", Shrinkage.NON_NEGATIVE, 1, b -> b.gain(true)),
                    variant("soft, K = 3", Shrinkage.SOFT, 3, b -> b),
                    variant("non-negative, K = 3, torus, untied", Shrinkage.NON_NEGATIVE, 3, b -> b.torus(true)
                            .untied(true)),
                    variant("soft, K = 2, torus, windows", Shrinkage.SOFT, 2, b -> b.torus(true)
                            .penalty(new SmoothedGroupPenalty(0.1, windows, 1e-2))),
                    // on a torus, so that a second layer has as many units: two at each of the 4 x 3 positions.
                    // Entries of S far from zero, where an inhibition matrix has a kink
                    variant("soft, K = 2, torus, inhibition learned by descent", Shrinkage.SOFT, 2, b -> b.torus(true)
                            .penalty(new LateralInhibitionPenalty(
                                            0.4, InhibitionMatrix.uniform(24, 0.1), new L1Penalty(0.1))
                                    .learned(LearnedInhibition.descent(2.4, 0.9)))),
                    variant("soft, K = 2, tied decoder", Shrinkage.SOFT, 2, b -> b.tiedDecoder(true)
                            .encoderNorm(1)));
        }
    }

    @Nested
    class ChannelsLast extends Fixture {
        ChannelsLast() {
            super(CNN2DFormat.NHWC);
        }

        @Override
        public Stream<LayerVariant> variants() {
            return Stream.of(variant("soft, K = 2, gain", Shrinkage.SOFT, 2, b -> b.dataFormat(CNN2DFormat.NHWC)
                    .gain(true)));
        }
    }
}
