package io.github.dl4jsparse.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.CapturedLog;
import io.github.dl4jsparse.Networks;
import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.internal.dl4j.Net;
import io.github.dl4jsparse.internal.dl4j.Stage;
import io.github.dl4jsparse.nn.LossTerms;
import io.github.dl4jsparse.nn.lista.ListaLayer;
import io.github.dl4jsparse.nn.spi.SparseLayer;
import io.github.dl4jsparse.testkit.Samples;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Sgd;
import org.slf4j.LoggerFactory;

class StageReportTest {
    private final AtomicLong clock = new AtomicLong();
    private final MultiLayerNetwork net = Networks.classifier(
            new Sgd(0),
            5,
            2,
            new ListaLayer.Builder()
                    .name("code")
                    .nOut(9)
                    .iterations(2)
                    .penalty(new L1Penalty(0.05))
                    .build());
    private final Stage stage = Net.of(net).trained(0);

    private StageReport report(int epochs) {
        return new StageReport(LoggerFactory.getLogger(StageReportTest.class), stage, epochs, clock::get);
    }

    @Test
    void everyEpochHasALine() {
        INDArray batch = Samples.gaussian(DataType.FLOAT, 1, 40, 5);
        try (CapturedLog log = new CapturedLog(StageReportTest.class);
                StageReport report = report(3)) {
            StageTrainer trainer = new StageTrainer(stage, 0);
            for (int epoch = 1; epoch <= 3; epoch++) {
                trainer.startEpoch(epoch);
                trainer.update(batch);
                report.batchDone();
                clock.addAndGet(TimeUnit.SECONDS.toNanos(20));
                report.epochDone(epoch, LossTerms.of(10, 2.345), epoch == 2 ? LossTerms.of(13, 0) : null);
            }
            report.stageDone();
            INDArray code = ((SparseLayer<?>) net.getLayer(0)).encode(batch);
            double active = code.neq(0).castTo(DataType.DOUBLE).sumNumber().doubleValue() / 40;
            String units = String.format(java.util.Locale.ROOT, "%.1f of 9 units active an example, 0 dead", active);
            assertEquals(
                    List.of(
                            "layer \"code\": epoch 1/3, energy 12.35, " + units + ", 40 s left",
                            "layer \"code\": epoch 2/3, energy 12.35 (held-out 13.00), " + units + ", 20 s left",
                            "layer \"code\": epoch 3/3, energy 12.35, " + units + ", 0 s left"),
                    log.lines("INFO"));
            assertEquals(List.of(), log.warnings());
        }
        assertEquals(0, ((SparseLayer<?>) net.getLayer(0)).watch().health().examples(), "closed");
    }

    @Test
    void allThatWentWrongIsInOneWarning() {
        for (int unit = 0; unit < 5; unit++) {
            net.getLayer(0).getParam("b").putScalar(0, unit, 1e6);
        }
        try (CapturedLog log = new CapturedLog();
                StageReport report = report(1)) {
            StageTrainer trainer = new StageTrainer(stage, 0);
            trainer.startEpoch(1);
            for (int size = 1; size <= 4; size++) {
                trainer.update(Samples.gaussian(DataType.FLOAT, 1, 40, 5).muli(1000 * size));
                report.batchDone();
            }
            report.epochDone(1, LossTerms.NONE, null);
            report.stageDone();
            assertEquals(1, log.warnings().size());
            String said = log.warnings().get(0);
            assertTrue(said.startsWith("layer \"code\": 5 of 9 units were zero on the last 160 examples"), said);
            assertTrue(said.contains("; and the energy rose from"), said);
            assertTrue(said.contains("; and the penalty is "), said);
        }
    }
}
