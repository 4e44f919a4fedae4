package io.github.dl4jsparse.integration.parallel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.CapturedLog;
import io.github.dl4jsparse.Networks;
import io.github.dl4jsparse.energy.GroupL2Penalty;
import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.energy.Penalty;
import io.github.dl4jsparse.group.Groups;
import io.github.dl4jsparse.nn.lista.ListaLayer;
import io.github.dl4jsparse.testkit.Samples;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.parallelism.ParallelWrapper.TrainingMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Adam;

/** The copies of a network that {@code ParallelWrapper} trains meet the same fault; it is said once. */
class WorkersWarnOnceTest {
    static Stream<Penalty> tooLarge() {
        return Stream.of(new L1Penalty(1000), new GroupL2Penalty(1000, Groups.blocks(8, 2)));
    }

    @ParameterizedTest
    @MethodSource("tooLarge")
    void codesOfZero(Penalty penalty) {
        MultiLayerNetwork net = Networks.classifier(
                new Adam(1e-3),
                6,
                2,
                new ListaLayer.Builder()
                        .name("workers")
                        .nOut(8)
                        .iterations(2)
                        .initialThreshold(1000)
                        .penalty(penalty)
                        .dropOut(0.9)
                        .l2(1e-4)
                        .unsupervisedWeight(1)
                        .build());
        List<DataSet> batches = IntStream.range(0, 40)
                .mapToObj(i -> new DataSet(
                        Samples.gaussian(DataType.FLOAT, i, 100, 6),
                        Samples.oneHot(100, 2).castTo(DataType.FLOAT)))
                .toList();
        net.fit(batches.get(0));
        try (CapturedLog log = new CapturedLog()) {
            Workers.fit(net, TrainingMode.AVERAGING, batches, 1);
            List<String> warnings = log.warnings();
            assertEquals(1, warnings.size(), warnings.toString());
            assertTrue(warnings.get(0).startsWith("all codes were zero on the last 1000 examples"), warnings.get(0));
        }
    }
}
