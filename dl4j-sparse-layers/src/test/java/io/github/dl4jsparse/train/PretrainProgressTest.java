package io.github.dl4jsparse.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.nn.lista.ListaLayer;
import io.github.dl4jsparse.testkit.Samples;
import io.github.dl4jsparse.train.PretrainListener.PretrainProgress;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.learning.config.Sgd;

/** The progress that a {@link PretrainListener} receives. */
class PretrainProgressTest {
    private static DataSetIterator data() {
        DataSet all = new DataSet(
                Samples.gaussian(DataType.FLOAT, 1, 7, 5), Samples.oneHot(7, 2).castTo(DataType.FLOAT));
        return new ListDataSetIterator<>(all.asList(), 3);
    }

    private static List<PretrainProgress> run(boolean heldOut, boolean epochs) {
        MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(1)
                .updater(new Sgd(0.01))
                .list()
                .layer(new ListaLayer.Builder()
                        .name("code")
                        .nIn(5)
                        .nOut(6)
                        .iterations(2)
                        .penalty(new L1Penalty(0.1))
                        .build())
                .layer(new OutputLayer.Builder().nIn(6).nOut(2).build())
                .build());
        net.init();
        List<PretrainProgress> told = new ArrayList<>();
        PretrainListener listener = new PretrainListener() {
            @Override
            public void batchDone(PretrainProgress progress) {
                if (!epochs) {
                    told.add(progress);
                }
            }

            @Override
            public void epochDone(PretrainProgress progress) {
                if (epochs) {
                    told.add(progress);
                }
            }
        };
        List<PretrainProgress> ends = new ArrayList<>();
        LayerwisePretrainer.Builder builder = LayerwisePretrainer.builder()
                .epochs(2)
                .listener(listener)
                .listener(PretrainListener.ofEpochs(ends::add));
        (heldOut ? builder.heldOut(data()) : builder).build().fit(net, data());
        assertEquals(2, ends.size());
        assertTrue(!epochs || ends.equals(told), "the same is told to a listener to epochs");
        return told;
    }

    @Test
    void batchesAreCountedFromOneAndTheirNumberIsKnownFromTheSecondEpochOn() {
        List<PretrainProgress> told = run(false, false);
        assertEquals(6, told.size());
        for (int i = 0; i < 6; i++) {
            PretrainProgress progress = told.get(i);
            assertEquals("code", progress.layer());
            assertEquals(0, progress.layerIndex());
            assertEquals(1 + i / 3, progress.epoch());
            assertEquals(2, progress.epochs());
            assertEquals(1 + i % 3, progress.batch());
            assertEquals(i < 3 ? -1 : 3, progress.batches());
            assertTrue(progress.training().reconstruction() > 0
                    && progress.training().penalty() > 0);
            assertNull(progress.heldOut());
        }
    }

    @Test
    void epochsBringTheHeldOutEnergyWhereItIsMeasured() {
        for (boolean heldOut : new boolean[] {true, false}) {
            List<PretrainProgress> told = run(heldOut, true);
            assertEquals(2, told.size());
            for (int i = 0; i < 2; i++) {
                assertEquals(i + 1, told.get(i).epoch());
                assertEquals(3, told.get(i).batch());
                assertEquals(3, told.get(i).batches());
                assertEquals(heldOut, told.get(i).heldOut() != null);
            }
            assertNotNull(told.get(1).training());
        }
    }
}
