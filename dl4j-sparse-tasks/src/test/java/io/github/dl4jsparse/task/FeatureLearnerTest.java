package io.github.dl4jsparse.task;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.model.ModelFile;
import io.github.dl4jsparse.nn.lista.ListaConf;
import io.github.dl4jsparse.task.data.ExampleSet;
import io.github.dl4jsparse.task.data.ReadingReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class FeatureLearnerTest {
    private static final ReadingReport REPORT = new ReadingReport("made", List.of());
    private static final List<Double> DONE = new ArrayList<>();
    private static ExampleSet images;
    private static ExampleSet fresh;
    private static FeatureLearner learner;

    @TempDir
    Path directory;

    /** Stripes of two directions with any phase and noise, as 10 x 12 pixels. */
    private static ExampleSet stripes(int number, long seed) {
        Random random = new Random(seed);
        float[][][][] pixels = new float[number][1][10][12];
        List<String> names = new ArrayList<>();
        List<String> labels = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            boolean lying = i % 2 == 0;
            double phase = 2 * Math.PI * random.nextDouble();
            for (int y = 0; y < 10; y++) {
                for (int x = 0; x < 12; x++) {
                    double wave = Math.sin(1.6 * (lying ? y : x) + phase);
                    pixels[i][0][y][x] = (float) (0.5 + 0.3 * wave + 0.15 * random.nextGaussian());
                }
            }
            names.add("stripes-" + i);
            labels.add(lying ? "lying" : "standing");
        }
        return new ExampleSet(Nd4j.createFromArray(pixels), names, labels, List.of(), REPORT);
    }

    @BeforeAll
    static void learn() {
        images = stripes(120, 1);
        fresh = stripes(60, 2);
        learner = FeatureLearner.builder()
                .seed(3)
                .epochs(2)
                .updates(20)
                .progress(DONE::add)
                .fit(images, 10);
    }

    @Test
    void progressIsToldAfterEveryUpdate() {
        // two stages of two epochs of five batches, and three times twenty updates with labels
        assertEquals(80, DONE.size());
        assertEquals(1, DONE.get(79), 1e-12);
        for (int i = 1; i < 80; i++) {
            assertTrue(DONE.get(i) > DONE.get(i - 1), DONE.toString());
        }
    }

    @Test
    void tellsClassesThatFewLabelsName() {
        Evaluation evaluation = learner.evaluate(fresh);
        assertTrue(evaluation.accuracy() >= 0.95, evaluation.stats());
        assertEquals(List.of("lying", "standing"), learner.classes());
        List<String> answers = learner.classify(fresh.features());
        long right = 0;
        for (int i = 0; i < 60; i++) {
            right += answers.get(i).equals(fresh.labels().get(i)) ? 1 : 0;
        }
        assertEquals(evaluation.accuracy(), right / 60.0, 1e-9);
        assertEquals(60, learner.probabilities(fresh.features()).sumNumber().doubleValue(), 1e-3);
    }

    @Test
    void imagesThatAreAlikeAreNeighbours() {
        INDArray features = learner.embed(fresh.features());
        assertEquals(1, features.getRow(7).norm2Number().doubleValue(), 1e-5);
        int[][] nearest = new NearestNeighbours(features).ofEach(1);
        long same = 0;
        for (int i = 0; i < nearest.length; i++) {
            same += fresh.labels().get(i).equals(fresh.labels().get(nearest[i][0])) ? 1 : 0;
        }
        assertTrue(same >= 55, same + " of 60");
    }

    @Test
    void theNetworkHasNoDecoders() {
        for (int i = 0; i < learner.network().getnLayers(); i++) {
            assertFalse(learner.network().getLayer(i).paramTable().containsKey(ListaConf.DECODER), "layer " + i);
        }
    }

    @Test
    void labelsOfOthersAreNotLookedAt() {
        int[] drawn = FeatureLearner.draw(images, 10, 3);
        List<String> hidden = new ArrayList<>(images.labels());
        for (int i = 0; i < hidden.size(); i++) {
            int image = i;
            if (java.util.Arrays.stream(drawn).noneMatch(d -> d == image)) {
                hidden.set(i, "lying");
            }
        }
        ExampleSet without = new ExampleSet(images.features(), images.names(), hidden, List.of(), REPORT);
        FeatureLearner again =
                FeatureLearner.builder().seed(3).epochs(2).updates(20).fit(without, images.select(drawn));
        assertEquals(learner.network().params(), again.network().params());
    }

    @Test
    void pretrainingIsUsed() {
        FeatureLearner random =
                FeatureLearner.builder().seed(3).updates(20).pretraining(false).fit(images, 10);
        assertNotEquals(random.network().params(), learner.network().params());
    }

    @Test
    void isReadAgainAsItWasSaved() throws IOException {
        Path file = directory.resolve("learner.zip");
        learner.save(file);
        FeatureLearner read = FeatureLearner.load(file);
        assertEquals(learner.classes(), read.classes());
        assertArrayEquals(
                learner.probabilities(fresh.features()).data().asFloat(),
                read.probabilities(fresh.features()).data().asFloat());
        MultiLayerNetwork plain = ModelSerializer.restoreMultiLayerNetwork(file.toFile());
        assertEquals(learner.network().output(fresh.features()), plain.output(fresh.features()), "by DL4J alone");
    }

    @Test
    void filesOfOtherKindsAndDamagedOnesAreRefused() throws IOException {
        Path other = directory.resolve("other.zip");
        ModelFile.save(other, learner.network());
        String message = assertThrows(IOException.class, () -> FeatureLearner.load(other))
                .getMessage();
        assertTrue(message.contains("other.zip"), message);
        Path file = directory.resolve("learner.zip");
        learner.save(file);
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        assertThrows(IOException.class, () -> FeatureLearner.load(file));
    }

    @Test
    void whatCannotBeLearnedIsRefused() {
        refused("only \"lying\"", () -> FeatureLearner.builder().fit(images, images.select(0, 2, 4)));
        refused("at least one for each class [lying, standing]", () -> FeatureLearner.builder()
                .fit(images, 1));
        ExampleSet nameless = new ExampleSet(images.features(), images.names(), List.of(), List.of(), REPORT);
        refused("with classes: images in a folder for each class", () -> learner.evaluate(nameless));
        refused("with classes: images in a folder for each class", () -> FeatureLearner.builder()
                .fit(nameless, 10));
        refused("1 to the 120 examples", () -> FeatureLearner.builder().fit(images, 121));
        ExampleSet vectors = new ExampleSet(Nd4j.rand(2, 8), List.of("a", "b"), List.of("x", "y"), List.of(), REPORT);
        refused("images [images, channels, height, width]", () -> FeatureLearner.builder()
                .fit(vectors, vectors));
        ExampleSet small =
                new ExampleSet(Nd4j.rand(2, 1, 5, 9), List.of("a", "b"), List.of("x", "y"), List.of(), REPORT);
        refused("at least 8 pixels a side", () -> FeatureLearner.builder().fit(small, small));
        refused("read both in one size", () -> FeatureLearner.builder().fit(images, small));
        refused("as in training", () -> learner.embed(small.features()));
        ExampleSet third = new ExampleSet(
                images.features(),
                images.names(),
                images.labels().stream().map(l -> "slanted").toList(),
                List.of(),
                REPORT);
        refused("\"slanted\"", () -> learner.evaluate(third));
    }

    private static void refused(String what, org.junit.jupiter.api.function.Executable call) {
        String message = assertThrows(IllegalArgumentException.class, call).getMessage();
        assertTrue(message.contains(what), message);
    }
}
