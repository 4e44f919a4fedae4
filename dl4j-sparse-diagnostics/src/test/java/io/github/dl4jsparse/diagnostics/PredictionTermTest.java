package io.github.dl4jsparse.diagnostics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.nn.LossTerms;
import io.github.dl4jsparse.nn.lista.ListaLayer;
import io.github.dl4jsparse.nn.lista.PredictiveSparseDecomposition;
import io.github.dl4jsparse.solver.Fista;
import io.github.dl4jsparse.testkit.Samples;
import io.github.dl4jsparse.train.LayerwisePretrainer;
import io.github.dl4jsparse.train.PretrainListener;
import io.github.dl4jsparse.train.PretrainListener.PretrainProgress;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Sgd;

/** The third term of a loss, which only predictive sparse decomposition has, in everything that shows losses. */
class PredictionTermTest {
    private static final INDArray DATA = Samples.gaussian(4, 30, 6);

    private static MultiLayerNetwork network(boolean predictive) {
        ListaLayer.Builder layer =
                new ListaLayer.Builder().name("code").nOut(8).iterations(2).penalty(new L1Penalty(0.1));
        if (predictive) {
            layer.predictive(new PredictiveSparseDecomposition(1, new Fista(200, 1e-6)));
        }
        MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(3)
                .dataType(DataType.DOUBLE)
                .updater(new Sgd(0.01))
                .list()
                .layer(layer.build())
                .setInputType(InputType.feedForward(6))
                .build());
        net.init();
        return net;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void isInMonitorReportAndCharts(boolean predictive) {
        MultiLayerNetwork net = network(predictive);
        List<TrainingPoint> told = new ArrayList<>();
        TrainingMonitor monitor =
                TrainingMonitor.builder(DATA).onPoint(told::add).build();
        List<LossTerms> trained = new ArrayList<>();
        LayerwisePretrainer.builder()
                .epochs(2)
                .listener(monitor.pretraining(net))
                .listener(new PretrainListener() {
                    @Override
                    public void batchDone(PretrainProgress progress) {
                        trained.add(progress.training());
                    }
                })
                .build()
                .fit(net, new ListDataSetIterator<>(List.of(new DataSet(DATA, DATA)), 30));

        List<String> names =
                predictive ? List.of("reconstruction", "penalty", "prediction") : List.of("reconstruction", "penalty");
        assertFalse(trained.isEmpty());
        trained.forEach(terms -> assertEquals(names, terms.names()));
        TrainingPoint last = monitor.history().last("code").orElseThrow();
        assertEquals(last, told.get(told.size() - 1));
        LossTerms terms = last.measurement().energy();
        assertEquals(names, terms.names());
        assertEquals(predictive, terms.value(LossTerms.PREDICTION) > 1e-3);
        assertEquals(terms.reconstruction() + terms.penalty() + terms.value(LossTerms.PREDICTION), terms.total());

        assertEquals(
                predictive, last.text().contains(", penalty ") && last.text().contains(", prediction "));
        String html = new TrainingReport("PSD", monitor.history()).page().html();
        assertEquals(predictive, html.contains("<tr><td>prediction</td>"));
        assertTrue(html.contains("<tr><td>reconstruction</td>"));
        List<TrainingMeasure> curves =
                TrainingMeasure.Diagram.of(monitor.history().points()).get(0).measures();
        assertEquals(predictive, curves.stream().anyMatch(curve -> curve.label().equals("prediction")));
    }
}
