package io.github.dl4jsparse.samediff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.energy.GroupL2Penalty;
import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.energy.LateralInhibitionPenalty;
import io.github.dl4jsparse.energy.SmoothedGroupPenalty;
import io.github.dl4jsparse.group.Groups;
import io.github.dl4jsparse.group.InhibitionMatrix;
import io.github.dl4jsparse.group.Window;
import io.github.dl4jsparse.nn.lista.Choice;
import io.github.dl4jsparse.nn.lista.ListaConf;
import io.github.dl4jsparse.nn.lista.ListaLayer;
import io.github.dl4jsparse.shrinkage.Shrinkage;
import io.github.dl4jsparse.testkit.DoublePrecision;
import io.github.dl4jsparse.testkit.Samples;
import java.util.Map;
import java.util.TreeMap;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.converter.ConvertWith;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** The functions against the layers and penalties, which were written without them: values, and every gradient. */
@ExtendWith(DoublePrecision.class)
class SparseFunctionsTest {
    private static final double EXACT = 1e-10;
    private static final int BATCH = 5;

    private final SameDiff sd = SameDiff.create();

    private SDVariable variable(String name, INDArray value) {
        return sd.var(name, value.dup('c'));
    }

    private Map<String, INDArray> gradients(SDVariable loss, String... names) {
        loss.markAsLoss();
        return sd.calculateGradients(Map.of(), names);
    }

    /** Encoder, reconstruction and classification together: the joint loss of the discriminative auto-encoder. */
    @ParameterizedTest
    @CsvSource({"SOFT,1", "SOFT,4", "NON_NEGATIVE,1", "NON_NEGATIVE,4"})
    void listaEqualsTheLayerInValueAndEveryGradient(@ConvertWith(Choice.class) Shrinkage shrinkage, int steps) {
        MultiLayerNetwork net = network(shrinkage, steps);
        INDArray input = Samples.gaussian(1, BATCH, 6);
        INDArray labels = Samples.oneHot(BATCH, 3);
        net.setInput(input);
        net.setLabels(labels);
        net.computeGradientAndScore();
        Gradient expected = net.gradient();

        SDVariable x = variable("x", input);
        SDVariable encoder = variable("E", net.getParam("0_" + ListaConf.ENCODER));
        SDVariable recurrent = steps == 1 ? null : variable("S", net.getParam("0_" + ListaConf.RECURRENT));
        SDVariable threshold = variable("b", net.getParam("0_" + ListaConf.THRESHOLD));
        SDVariable dictionary = variable("D", net.getParam("0_" + ListaConf.DECODER));
        SDVariable code = SparseFunctions.lista(shrinkage, x, encoder, recurrent, threshold, steps);
        SDVariable unsupervised = SparseFunctions.reconstructionError(x, dictionary, code)
                .sum()
                .add(sd.math().abs(code).sum().mul(0.3))
                .mul(1.7);
        SDVariable logits = code.mmul(variable("W", net.getParam("1_W"))).add(variable("c", net.getParam("1_b")));
        SDVariable crossEntropy =
                sd.nn().logSoftmax(logits).mul(sd.constant(labels)).sum().neg();
        SDVariable loss = unsupervised.add(crossEntropy);

        assertTrue(Samples.distance(net.getLayer(0).activate(false, LayerWorkspaceMgr.noWorkspaces()), code.eval())
                < EXACT);
        assertEquals(net.score() * BATCH, loss.eval().getDouble(0), EXACT);
        Map<String, String> keys = new TreeMap<>(Map.of(
                "E", "0_" + ListaConf.ENCODER,
                "S", "0_" + ListaConf.RECURRENT,
                "b", "0_" + ListaConf.THRESHOLD,
                "D", "0_" + ListaConf.DECODER,
                "W", "1_W"));
        if (steps == 1) {
            keys.remove("S");
        }
        Map<String, INDArray> found = gradients(loss, keys.keySet().toArray(String[]::new));
        keys.forEach((name, key) -> {
            INDArray ofLayer = expected.getGradientFor(key);
            assertTrue(ofLayer.norm2Number().doubleValue() > 1e-3, name + " has a gradient");
            assertTrue(Samples.distance(ofLayer, found.get(name)) < EXACT, name);
        });
    }

    private static MultiLayerNetwork network(Shrinkage shrinkage, int steps) {
        MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(3)
                .dataType(DataType.DOUBLE)
                .updater(new NoOp())
                .list()
                .layer(new ListaLayer.Builder()
                        .nOut(8)
                        .iterations(steps)
                        .shrinkage(shrinkage)
                        .initialThreshold(0.05)
                        .penalty(new L1Penalty(0.3))
                        .unsupervisedWeight(1.7)
                        .build())
                .layer(new OutputLayer.Builder(LossFunction.MCXENT)
                        .nOut(3)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(InputType.feedForward(6))
                .build());
        net.init();
        net.initGradientsView();
        return net;
    }

    @Test
    void blockThresholdIsTheProxOfGroupL2PenaltyWithZeroGradientInside() {
        Groups groups = Groups.of(
                6, new int[][] {{0, 3}, {1, 4, 5}}, new double[][] {{2, 2}, {0.5, 0.5, 0.5}}); // unit 2 is free
        INDArray drive = Samples.gaussian(2, BATCH, 6);
        drive.getRow(0).assign(0);
        SDVariable code = SparseFunctions.blockThreshold(variable("v", drive), groups, 0.9);
        INDArray expected = new GroupL2Penalty(0.9, groups).prox(drive.dup(), 1);
        assertTrue(Samples.distance(expected, code.eval()) < 1e-14);
        assertEquals(
                expected.eq(0).castTo(DataType.INT32).sumNumber(),
                code.eval().eq(0).castTo(DataType.INT32).sumNumber());
        INDArray gradient = gradients(
                        code.mul(sd.constant(Samples.gaussian(3, BATCH, 6))).sum(), "v")
                .get("v");
        assertTrue(Samples.distance(numeric(drive, groups), gradient) < 1e-7);
    }

    /** Central differences of the prox, weighted as in the test above; moved away from the all-zero row's kink. */
    private static INDArray numeric(INDArray drive, Groups groups) {
        INDArray weights = Samples.gaussian(3, BATCH, 6);
        INDArray result = drive.ulike();
        double h = 1e-6;
        for (int i = 0; i < drive.length(); i++) {
            INDArray up = drive.dup();
            up.putScalar(i, drive.getDouble(i) + h);
            INDArray down = drive.dup();
            down.putScalar(i, drive.getDouble(i) - h);
            double difference = Samples.dot(new GroupL2Penalty(0.9, groups).prox(up, 1), weights)
                    - Samples.dot(new GroupL2Penalty(0.9, groups).prox(down, 1), weights);
            result.putScalar(i, difference / (2 * h));
        }
        return result;
    }

    @Test
    void groupNormsAreSmoothedGroupPenaltyInValueAndGradient() {
        Groups groups = Groups.torus(3, 4, Window.of(3).gaussian(1));
        SmoothedGroupPenalty penalty = new SmoothedGroupPenalty(0.7, groups, 1e-2);
        INDArray code = Samples.gaussian(4, BATCH, 12);
        code.getRow(1).assign(0);
        SDVariable norms = SparseFunctions.groupNorms(variable("z", code), groups, 1e-2);
        double offset = 0.7 * BATCH * groups.count() * Math.sqrt(1e-2);
        SDVariable value = norms.sum().mul(0.7);
        assertEquals(penalty.value(code), value.eval().getDouble(0) - offset, 1e-12);
        INDArray expected = Nd4j.zeros(DataType.DOUBLE, BATCH, 12);
        penalty.addGradient(code, 1, expected);
        assertTrue(Samples.distance(expected, gradients(value, "z").get("z")) < 1e-12);
    }

    @Test
    void inhibitionIsLateralInhibitionPenaltyInValueAndGradient() {
        InhibitionMatrix ring = InhibitionMatrix.ring(8, 0, 2, 0.6).withDiagonal(0.2);
        LateralInhibitionPenalty penalty = new LateralInhibitionPenalty(0.4, ring);
        INDArray code = Samples.gaussian(5, BATCH, 8);
        code.getColumn(2).assign(0);
        SDVariable matrix = variable("S", Nd4j.createFromArray(ring.toArray()));
        SDVariable value = SparseFunctions.inhibition(variable("z", code), matrix, 0.4);
        assertTrue(Samples.distance(penalty.values(code), value.eval()) < 1e-12);
        INDArray expected = Nd4j.zeros(DataType.DOUBLE, BATCH, 8);
        penalty.addGradient(code, 1, expected);
        assertTrue(Samples.distance(expected, gradients(value.sum(), "z").get("z")) < 1e-12);
    }

    @Test
    void singlePrecisionGraphsStaySingle() {
        Groups groups = Groups.blocks(6, 2);
        SDVariable drive = sd.var("v", Samples.gaussian(DataType.FLOAT, 6, BATCH, 6));
        SDVariable code = SparseFunctions.blockThreshold(drive, groups, 0.5);
        assertEquals(DataType.FLOAT, code.eval().dataType());
        assertEquals(
                DataType.FLOAT,
                SparseFunctions.groupNorms(code, groups, 1e-6).eval().dataType());
    }

    @Test
    void refusesWhatCannotBeSaid() {
        SDVariable v = variable("v", Samples.gaussian(1, 2, 4));
        Groups overlapping = Groups.ring(4, Window.of(3));
        Groups uneven = Groups.of(4, new int[][] {{0, 1}}, new double[][] {{1, 2}});
        assertThrows(IllegalArgumentException.class, () -> SparseFunctions.blockThreshold(v, overlapping, 1));
        assertThrows(IllegalArgumentException.class, () -> SparseFunctions.blockThreshold(v, uneven, 1));
        assertThrows(IllegalArgumentException.class, () -> SparseFunctions.blockThreshold(v, uneven, Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> SparseFunctions.groupNorms(v, overlapping, 0));
        assertThrows(IllegalArgumentException.class, () -> SparseFunctions.inhibition(v, v, -1));
        assertThrows(IllegalArgumentException.class, () -> SparseFunctions.lista(Shrinkage.SOFT, v, v, v, v, 0));
    }
}
