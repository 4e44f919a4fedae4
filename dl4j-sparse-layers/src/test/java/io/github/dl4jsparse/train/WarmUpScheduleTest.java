package io.github.dl4jsparse.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.nn.lista.ListaLayer;
import io.github.dl4jsparse.testkit.DoublePrecision;
import io.github.dl4jsparse.testkit.Samples;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.ViewIterator;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

@ExtendWith(DoublePrecision.class)
class WarmUpScheduleTest {
    private static MultiLayerNetwork network(IUpdater updater) {
        MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(1)
                .dataType(DataType.DOUBLE)
                .updater(updater)
                .list()
                .layer(new ListaLayer.Builder()
                        .nIn(6)
                        .nOut(8)
                        .iterations(2)
                        .penalty(new L1Penalty(0.05))
                        .build())
                .layer(new OutputLayer.Builder(LossFunction.MSE).nIn(8).nOut(2).build())
                .build());
        net.init();
        return net;
    }

    private static ViewIterator data() {
        INDArray x = Samples.gaussian(4, 12, 6);
        return new ViewIterator(new DataSet(x, Samples.oneHot(12, 2)), 4);
    }

    @Test
    void risesLinearlyAndStays() {
        WarmUpSchedule schedule = new WarmUpSchedule(0.2, 4);
        double[] rates = {0.05, 0.1, 0.15, 0.2, 0.2};
        for (int t = 0; t < rates.length; t++) {
            assertEquals(rates[t], schedule.valueAt(t, 7), 1e-15);
        }
        assertEquals(schedule, schedule.clone());
    }

    @Test
    void isPartOfAConfiguration() {
        MultiLayerConfiguration conf =
                network(new Adam(new WarmUpSchedule(1e-3, 100))).getLayerWiseConfigurations();
        assertEquals(conf, MultiLayerConfiguration.fromJson(conf.toJson()));
    }

    /** The pre-trainer's option and the schedule are the same training. */
    @Test
    void isWhatThePretrainerDoes() {
        MultiLayerNetwork byOption = network(new Sgd(0.1));
        LayerwisePretrainer.builder().epochs(2).warmUp(5).build().fit(byOption, data());
        MultiLayerNetwork bySchedule = network(new Sgd(new WarmUpSchedule(0.1, 5)));
        LayerwisePretrainer.builder().epochs(2).build().fit(bySchedule, data());
        MultiLayerNetwork without = network(new Sgd(0.1));
        LayerwisePretrainer.builder().epochs(2).build().fit(without, data());
        assertEquals(0, Samples.distance(byOption.params(), bySchedule.params()), 1e-12);
        assertEquals(true, Samples.distance(byOption.params(), without.params()) > 1e-4);
    }

    @Test
    void refusesNumbersOutOfRange() {
        assertThrows(IllegalArgumentException.class, () -> new WarmUpSchedule(0, 4));
        assertThrows(IllegalArgumentException.class, () -> new WarmUpSchedule(Double.NaN, 4));
        assertThrows(IllegalArgumentException.class, () -> new WarmUpSchedule(0.1, 0));
        assertThrows(IllegalArgumentException.class, () -> LayerwisePretrainer.builder()
                .warmUp(-1));
    }
}
