package io.github.dl4jsparse.task;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.model.ModelFile;
import io.github.dl4jsparse.task.data.ExampleSet;
import io.github.dl4jsparse.task.data.ReadingReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class AnomalyDetectorTest {
    private static AnomalyDetector vectors;
    private static AnomalyDetector images;

    @TempDir
    Path directory;

    private static AnomalyDetectorBuilder small() {
        return AnomalyDetector.builder().units(8).updates(200).falseAlarms(0.1);
    }

    @BeforeAll
    static void fit() {
        vectors = small().fit(AnomalyFixture.vectors(400, 1, false));
        images = small().falseAlarms(0.2).fit(AnomalyFixture.images(20, 1, false));
    }

    private static double share(boolean[] odd) {
        int count = 0;
        for (boolean one : odd) {
            count += one ? 1 : 0;
        }
        return count / (double) odd.length;
    }

    private static String failure(Runnable wrong) {
        return assertThrows(IllegalArgumentException.class, wrong::run).getMessage();
    }

    @Test
    void tellsOddVectorsFromGoodOnes() {
        double[] good = vectors.score(AnomalyFixture.vectors(500, 2, false));
        double[] odd = vectors.score(AnomalyFixture.vectors(100, 3, true));
        assertTrue(AnomalyFixture.areaUnderCurve(good, odd) > 0.99);
    }

    /** 120 held-out scores, 500 fresh ones: a share of 0.1 has a standard deviation of 0.03. */
    @Test
    void falseAlarmsHaveTheStatedShareAndScoresAreStandardised() {
        INDArray fresh = AnomalyFixture.vectors(500, 4, false);
        assertEquals(0.1, share(vectors.isAnomalous(fresh)), 0.08);
        assertEquals(120, vectors.heldOutExamples());
        double[] scores = vectors.score(fresh);
        Arrays.sort(scores);
        assertEquals(0, scores[250], 0.3);
    }

    @Test
    void scoresDoNotDependOnTheBatch() {
        INDArray examples = AnomalyFixture.vectors(5, 2, false);
        double[] all = vectors.score(examples);
        for (int i = 0; i < all.length; i++) {
            assertEquals(all[i], vectors.score(examples.get(NDArrayIndex.interval(i, i + 1)))[0], 1e-3);
        }
    }

    @Test
    void theSameSeedFitsTheSame() {
        INDArray good = AnomalyFixture.vectors(50, 1, false);
        INDArray fresh = AnomalyFixture.vectors(9, 2, true);
        assertArrayEquals(small().fit(good).score(fresh), small().fit(good).score(fresh));
    }

    /** Two channels of sines at random phases; odd ones are too high from sample 40 to 60 in the second. */
    @Test
    void showsWhereASignalIsOdd() {
        INDArray odd = AnomalyFixture.signals(8, 2, true);
        AnomalyDetector signals =
                small().falseAlarms(0.2).patch(1, 10).stride(5).fit(AnomalyFixture.signals(40, 1, false));
        double[] good = signals.score(AnomalyFixture.signals(30, 3, false));
        assertTrue(AnomalyFixture.areaUnderCurve(good, signals.score(odd)) > 0.95);
        INDArray maps = signals.heatMaps(odd);
        assertArrayEquals(new long[] {8, 1, 100}, maps.shape());
        for (int i = 0; i < 8; i++) {
            int highest = maps.slice(i).slice(0).argMax(0).getInt(0);
            assertTrue(highest >= 35 && highest < 65, "sample " + highest);
        }
        AnomalyExplanation why = signals.explain(odd.slice(3).reshape('c', new long[] {1, 2, 100}));
        assertArrayEquals(new long[] {2, 1, 10}, why.piece().shape());
        assertEquals(odd.getDouble(3, 1, why.left() + 4), why.piece().getDouble(1, 0, 4));
    }

    @Test
    void showsWhereAnImageIsOdd() {
        INDArray odd = AnomalyFixture.images(6, 3, true);
        double[] good = images.score(AnomalyFixture.images(20, 2, false));
        assertEquals(1, AnomalyFixture.areaUnderCurve(good, images.score(odd)));
        INDArray maps = images.heatMaps(odd);
        assertArrayEquals(new long[] {6, 32, 40}, maps.shape());
        INDArray first = maps.slice(0);
        assertTrue(first.getDouble(14, 22) > 5 * Math.abs(first.getDouble(3, 3)), first.toString());
        AnomalyExplanation why = images.explain(odd.slice(0).reshape('c', new long[] {1, 1, 32, 40}));
        assertTrue(why.top() >= 7 && why.top() <= 17 && why.left() >= 15 && why.left() <= 25, why.toString());
        assertArrayEquals(new long[] {1, 6, 6}, why.piece().shape());
        assertArrayEquals(new long[] {1, 6, 6}, why.reconstruction().shape());
        assertEquals(odd.getDouble(0, 0, why.top(), why.left()), why.piece().getDouble(0, 0, 0));
        assertEquals(images.score(odd)[0], why.score(), 1e-6);
        for (int k = 1; k < why.units().size(); k++) {
            assertTrue(Math.abs(why.units().get(k).activity())
                    <= Math.abs(why.units().get(k - 1).activity()));
        }
    }

    /** The energy that the score standardises is the layer's; the reconstruction is D z in the units of the example. */
    @Test
    void theReconstructionIsTheDictionarysInTheUnitsOfTheExample() {
        INDArray good = AnomalyFixture.vectors(1, 9, false);
        AnomalyExplanation why = vectors.explain(good);
        assertArrayEquals(new long[] {1, 1, AnomalyFixture.WIDTH}, why.piece().shape());
        assertEquals(good.getDouble(0, 2), why.reconstruction().getDouble(0, 0, 2), 600);
        INDArray rebuilt = why.reconstruction().reshape(1, AnomalyFixture.WIDTH);
        double[] factor = vectors.scores().model().scale().factor();
        INDArray map = vectors.heatMaps(good);
        for (int i = 0; i < AnomalyFixture.WIDTH; i++) {
            double difference = (good.getDouble(0, i) - rebuilt.getDouble(0, i)) * factor[i];
            assertEquals(difference * difference / 2, map.getDouble(0, 0, i), 1e-5);
        }
    }

    @Test
    void contaminationThatNobodyMarkedIsNotFitted() {
        INDArray mixed = Nd4j.concat(
                0,
                AnomalyFixture.vectors(280, 5, false),
                AnomalyFixture.vectors(120, 6, false).mul(-1.5));
        INDArray good = AnomalyFixture.vectors(300, 7, false);
        INDArray odd = AnomalyFixture.vectors(100, 8, false).mul(-1.5);
        AnomalyDetector robust = small().robust(true).fit(mixed);
        AnomalyDetector plain = small().fit(mixed);
        double area = AnomalyFixture.areaUnderCurve(robust.score(good), robust.score(odd));
        assertTrue(area > 0.97, "area " + area);
        assertTrue(share(robust.isAnomalous(odd)) > 0.9);
        assertTrue(share(plain.isAnomalous(odd)) < 0.5);
        assertEquals(0.1, share(robust.isAnomalous(good)), 0.1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void isSavedInOneFile(boolean patched) throws IOException {
        AnomalyDetector saved = patched ? images : vectors;
        INDArray examples = patched ? AnomalyFixture.images(3, 4, true) : AnomalyFixture.vectors(9, 4, true);
        Path file = directory.resolve("detector.zip");
        saved.save(file);
        AnomalyDetector loaded = AnomalyDetector.load(file);
        assertArrayEquals(saved.score(examples), loaded.score(examples));
        assertEquals(saved.threshold(), loaded.threshold());
        assertEquals(saved.falseAlarms(), loaded.falseAlarms());
        assertEquals(saved.heldOutExamples(), loaded.heldOutExamples());
        assertEquals(saved.heatMaps(examples), loaded.heatMaps(examples));
        try (var files = Files.list(directory)) {
            assertEquals(List.of(file), files.toList());
        }
    }

    @Test
    void aDamagedOrForeignFileIsRefused() throws IOException {
        Path file = directory.resolve("x.zip");
        ModelFile.save(file, vectors.network());
        assertEquals(
                file + " must have been saved by AnomalyDetector, got another network's file",
                assertThrows(IOException.class, () -> AnomalyDetector.load(file))
                        .getMessage());
        for (String json : List.of("{", "{\"version\":2}", "null", "{\"version\":1}", "{\"other\":1}")) {
            ModelFile.save(file, vectors.network(), Map.of("anomaly", json.getBytes()));
            String message = assertThrows(IOException.class, () -> AnomalyDetector.load(file))
                    .getMessage();
            assertTrue(message.startsWith(file.toString()), message);
        }
        // the settings of images with the network of vectors
        images.save(file);
        byte[] settings = ModelFile.restoreBytes(file, "anomaly").get("anomaly");
        ModelFile.save(file, vectors.network(), Map.of("anomaly", settings));
        String message = assertThrows(IOException.class, () -> AnomalyDetector.load(file))
                .getMessage();
        assertTrue(message.contains("must be of pieces of 36 elements"), message);
        vectors.save(file);
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        assertThrows(IOException.class, () -> AnomalyDetector.load(file));
    }

    @Test
    void namesWhatIsWrongWithExamples() {
        assertEquals(
                "examples must be of the shape of the good examples, [examples, 8]; read them as those were read, got [2, 7]",
                failure(() -> vectors.score(Nd4j.zeros(2, 7))));
        INDArray broken = AnomalyFixture.vectors(3, 2, false).putScalar(1, 4, Double.NaN);
        assertEquals("examples must be finite, got NaN at example 1, number 4", failure(() -> vectors.score(broken)));
        assertEquals(
                "example must be a batch of one, got 3 examples", failure(() -> vectors.explain(Nd4j.zeros(3, 8))));
        ReadingReport report = new ReadingReport("read", List.of());
        ExampleSet named = new ExampleSet(
                AnomalyFixture.vectors(20, 1, false), names(20), List.of(), List.of("abcdefgh".split("")), report);
        AnomalyDetector fitted = small().updates(1).fit(named);
        ExampleSet other = new ExampleSet(
                AnomalyFixture.vectors(2, 1, false), names(2), List.of(), List.of("abcdefgx".split("")), report);
        assertEquals(
                "columns must be those of the good examples, [a, b, c, d, e, f, g, h], got [a, b, c, d, e, f, g, x]; read"
                        + " the same columns",
                failure(() -> fitted.score(other)));
    }

    private static List<String> names(int count) {
        return IntStream.range(0, count).mapToObj(i -> "row " + i).toList();
    }
}
