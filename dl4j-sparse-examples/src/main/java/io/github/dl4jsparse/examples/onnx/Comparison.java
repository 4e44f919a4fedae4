package io.github.dl4jsparse.examples.onnx;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Model;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What a network computes and how long that takes, in DL4J and in ONNX Runtime.
 *
 * @param network    the served network
 * @param difference the largest of the outputs, relative to the largest output where that is above 1
 * @param millis     median times of a batch, in the order of {@link ServedNetwork#BATCHES}: of this library's layers, of DL4J's own, NaN where
 *                   there are none that compute the same, and of ONNX Runtime
 */
record Comparison(ServedNetwork network, double difference, List<double[]> millis) {
    /** The head of {@link #row}. */
    static final List<String> HEAD = Stream.concat(
                    Stream.of("network", "zip kB", "onnx kB", "difference"),
                    ServedNetwork.BATCHES.stream()
                            .flatMap(batch ->
                                    Stream.of("batch " + batch + ": ours ms", "DL4J's layers ms", "ONNX Runtime ms")))
            .toList();

    private static final long SEED = 1;

    /**
     * Compares a network.
     *
     * @param threads of ONNX Runtime
     * @param seconds of measuring each time
     */
    static Comparison of(ServedNetwork network, int threads, double seconds) throws Exception {
        Optional<Model> standard = network.ofDl4jsLayers();
        double difference = 0;
        List<double[]> millis = new ArrayList<>();
        try (RuntimeSession session = new RuntimeSession(network.file(), threads)) {
            for (int batch : ServedNetwork.BATCHES) {
                INDArray[] inputs = network.inputs(batch, SEED);
                List<RuntimeSession.Array> arrays = arrays(inputs);
                difference = Math.max(
                        difference, difference(ServedNetwork.outputs(network.net(), inputs), session.run(arrays)));
                millis.add(new double[] {
                    MedianTime.millis(seconds, () -> ServedNetwork.outputs(network.net(), inputs)),
                    standard.isEmpty()
                            ? Double.NaN
                            : MedianTime.millis(seconds, () -> ServedNetwork.outputs(standard.get(), inputs)),
                    MedianTime.millis(seconds, () -> session.run(arrays))
                });
            }
        }
        return new Comparison(network, difference, millis);
    }

    private static List<RuntimeSession.Array> arrays(INDArray... inputs) {
        return Arrays.stream(inputs)
                .map(x -> new RuntimeSession.Array(x.shape(), x.dup('c').data().asFloat()))
                .toList();
    }

    private static double difference(INDArray[] expected, List<RuntimeSession.Array> found) {
        double largest = 0;
        for (int i = 0; i < expected.length; i++) {
            float[] exact = expected[i].castTo(DataType.FLOAT).dup('c').data().asFloat();
            float[] own = found.get(i).values();
            double scale = 1;
            double distance = 0;
            for (int j = 0; j < exact.length; j++) {
                scale = Math.max(scale, Math.abs(exact[j]));
                distance = Math.max(distance, Math.abs(exact[j] - own[j]));
            }
            largest = Math.max(largest, distance / scale);
        }
        return largest;
    }

    /** A row of the table, in the order of {@link #HEAD}. */
    List<String> row() throws IOException {
        List<String> cells = new ArrayList<>(List.of(
                network.saved().toString(),
                kilobytes(network.savedBytes()),
                kilobytes(network.summary().bytes()),
                String.format(Locale.ROOT, "%.1e", difference)));
        for (double[] each : millis) {
            for (double time : each) {
                cells.add(Double.isNaN(time) ? "-" : String.format(Locale.ROOT, "%.3f", time));
            }
        }
        return cells;
    }

    private static String kilobytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f", bytes / 1e3);
    }
}
