package io.github.dl4jsparse.internal.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.nn.LossTerms;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class LayerLossTest {
    private static final LossTerms SUMS = LossTerms.of(6, 3).with("rate", 1);

    /** A layer of DL4J's that has seen four examples. */
    private static Layer layer(boolean miniBatch) {
        NeuralNetConfiguration conf = new NeuralNetConfiguration.Builder()
                .miniBatch(miniBatch)
                .layer(new ActivationLayer(Activation.IDENTITY))
                .build();
        Layer layer = conf.getLayer().instantiate(conf, null, 0, null, false, DataType.DOUBLE);
        layer.setInput(Nd4j.ones(DataType.DOUBLE, 4, 2), LayerWorkspaceMgr.noWorkspaces());
        return layer;
    }

    private static LayerLoss loss(Layer layer) {
        return new LayerLoss(layer, () -> "(layer name: code)");
    }

    @Test
    void theScoreIsThatOfTheLastPassAndStaysWhenTheLayerIsCleared() {
        for (boolean miniBatch : new boolean[] {true, false}) {
            Layer layer = layer(miniBatch);
            LayerLoss loss = loss(layer);
            assertEquals(0, loss.score());
            loss.begin(true);
            loss.add(0.5, SUMS);
            loss.add(2, LossTerms.of("other", 8));
            layer.clear();
            assertEquals(miniBatch ? 0.5 * 2.5 + 2 * 2 : 0.5 * 10 + 2 * 8, loss.score());
            loss.begin(false);
            assertEquals(0, loss.score());
        }
    }

    @Test
    void theGradientCarriesItAfterAPassOfTrainingAlone() {
        LayerLoss loss = loss(layer(true));
        assertEquals(0, loss.weight(3), "no pass yet");
        loss.begin(true);
        assertTrue(loss.isTrained());
        assertEquals(3, loss.weight(3));
        loss.begin(false);
        assertFalse(loss.isTrained());
        assertEquals(0, loss.weight(3));
    }

    @Test
    void maskedExamplesAndTimeStepsDoNotCount() {
        Layer layer = layer(true);
        LayerLoss loss = loss(layer);
        INDArray examples = Nd4j.ones(DataType.DOUBLE, 4, 3);
        INDArray rows = Nd4j.ones(DataType.DOUBLE, 8, 3);
        assertSame(examples, loss.counted(examples));
        assertSame(rows, loss.countedRows(rows));

        layer.setMaskArray(Nd4j.create(new double[][] {{1}, {0}, {1}, {1}}));
        assertEquals(9, loss.counted(examples).sumNumber().doubleValue());
        assertEquals(0, loss.counted(examples).getRow(1).sumNumber().doubleValue());
        assertEquals(18, loss.countedRows(rows).sumNumber().doubleValue());
        assertEquals(Nd4j.ones(DataType.DOUBLE, 4, 3), examples);

        layer.setMaskArray(Nd4j.create(new double[][] {{1, 0}, {1, 1}, {0, 0}, {1, 1}}));
        assertEquals(15, loss.countedRows(rows).sumNumber().doubleValue());
        assertEquals(0, loss.countedRows(rows).getRow(1).sumNumber().doubleValue());
        String message = assertThrows(DL4JInvalidInputException.class, () -> loss.counted(examples))
                .getMessage();
        assertTrue(message.endsWith("(layer name: code)"), message);
    }
}
