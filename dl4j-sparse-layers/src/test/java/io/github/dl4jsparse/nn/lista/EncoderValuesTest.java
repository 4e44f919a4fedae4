package io.github.dl4jsparse.nn.lista;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.testkit.Samples;
import java.util.function.UnaryOperator;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

class EncoderValuesTest {
    private static final int UNITS = 6;

    private static MultiLayerNetwork network(UnaryOperator<ListaLayer.Builder> choices) {
        MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(3)
                .dataType(DataType.DOUBLE)
                .list()
                .layer(choices.apply(new ListaLayer.Builder()
                                .nOut(UNITS)
                                .iterations(4)
                                .penalty(new L1Penalty(0.1)))
                        .build())
                .setInputType(InputType.feedForward(5))
                .build());
        net.init();
        net.params().addi(Samples.gaussian(5, net.params().shape()).muli(0.02));
        return net;
    }

    private static EncoderValues values(MultiLayerNetwork net) {
        return new EncoderValues(
                (ListaConf) net.getLayer(0).conf().getLayer(), net.getLayer(0).paramTable());
    }

    /** The steps of the class comment, written out. */
    private static INDArray run(EncoderValues e, INDArray x) {
        INDArray code = null;
        INDArray before = null;
        for (int k = 0; k < e.steps(); k++) {
            INDArray v = code == null
                    ? Nd4j.zeros(DataType.DOUBLE, x.size(0), UNITS)
                    : code.add(code.sub(before == null ? Nd4j.zerosLike(code) : before)
                            .mul(e.momentum(k)));
            INDArray u;
            if (e.hasDrive()) {
                u = x.mmul(e.encoder(k).transpose());
                if (k > 0 && e.recurrent(k) != null) {
                    u.addi(v.mmul(e.recurrent(k).transpose()));
                } else if (k > 0) {
                    INDArray image = v.mmul(e.decoder());
                    u.addi(v).subi(image.mmul(e.decoder().transpose()).muli(e.stepSize(k)));
                }
            } else {
                INDArray image = k == 0 ? Nd4j.zerosLike(x) : v.mmul(e.decoder());
                u = v.add(x.sub(image).mmul(e.encoder(k).transpose()).muli(e.stepSize(k)));
            }
            INDArray thresholds = Nd4j.createFromArray(e.thresholds(k)).reshape(1, UNITS);
            before = code;
            code = Transforms.relu(u.subRowVector(thresholds), true);
        }
        return e.gain() == null ? code : code.mulRowVector(e.gain());
    }

    @Test
    void stepsWrittenOutAreTheLayersForEveryCoupling() {
        INDArray x = Samples.gaussian(8, 7, 5);
        for (Coupling coupling : new Coupling[] {
            Coupling.free(),
            Coupling.dictionary(),
            Coupling.decoder(),
            Coupling.learned(),
            Coupling.learnedWithStepSizes(),
            Coupling.analytic()
        }) {
            for (boolean untied : new boolean[] {false, !coupling.equals(Coupling.analytic())}) {
                MultiLayerNetwork net = network(
                        b -> b.coupling(coupling).untied(untied).gain(true).momentum(Momentum.learned()));
                assertEquals(0, Samples.distance(net.output(x), run(values(net), x)), 1e-12, () -> coupling.toString());
            }
        }
    }

    @Test
    void aTiedDecoderIsTheEncoder() {
        EncoderValues values =
                values(network(b -> b.coupling(Coupling.dictionary()).tiedDecoder(true)));
        assertEquals(values.encoder(1), values.decoder());
        assertEquals(1, values.stepSize(2));
        assertNull(values.recurrent(1));
        assertNull(values.gain());
        assertTrue(values.usesDecoder());
    }

    @Test
    void unitsThatPassGrowWithTheSteps() {
        EncoderValues values = values(network(b -> b.support(SupportSelection.share(0.25, 0.5))));
        assertArrayEquals(
                new int[] {1, 3, 3, 3},
                new int[] {values.passing(0), values.passing(1), values.passing(2), values.passing(3)});
        assertFalse(values.usesDecoder());
        assertEquals(UNITS, values.shrunkUnits());
        assertEquals(0, values(network(b -> b)).passing(3));
    }
}
