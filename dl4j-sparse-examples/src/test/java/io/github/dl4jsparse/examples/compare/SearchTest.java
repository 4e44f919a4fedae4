package io.github.dl4jsparse.examples.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.examples.data.Digits;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

class SearchTest {
    private static final int VALIDATION = 90;
    private static final int TEST = 500;
    /** Class of each image of validation and test, by its pixels. */
    private static final Map<String, Integer> CLASSES = new HashMap<>();

    private static CompareData data;

    @BeforeAll
    static void load() throws IOException {
        data = CompareData.of(Digits.embedded(3), 200, VALIDATION);
        for (DataSet part : List.of(data.validation(), data.test())) {
            int[] classes = part.getLabels().argMax(1).toIntVector();
            for (int i = 0; i < classes.length; i++) {
                CLASSES.put(pixels(part.getFeatures(), i), classes[i]);
            }
        }
    }

    private static String pixels(INDArray images, int row) {
        return Arrays.toString(images.getRow(row).toFloatVector());
    }

    /** Writes down what it is asked. One value of its setting answers all right, the others answer class 0. */
    private static final class Recorder implements Contender<String> {
        private final List<String> pretrained = new ArrayList<>();
        private final List<INDArray> labelled = new ArrayList<>();
        private final List<Double> settings = new ArrayList<>();
        private final List<Integer> asked = new ArrayList<>();
        private double best = 3;

        @Override
        public String name() {
            return "recorder";
        }

        @Override
        public Kind kind() {
            return Kind.DENSE;
        }

        @Override
        public Grid grid() {
            return Grid.empty().pretraining("start", 1, 2).axis("value", 1, 2, 3, 4);
        }

        @Override
        public String pretrain(Setting setting, Unlabelled images, long seed) {
            String key = setting.value("start") + " " + seed;
            pretrained.add(key);
            return key;
        }

        @Override
        public Classifier train(Setting setting, String start, Task task) {
            assertEquals(setting.value("start") + " " + task.seed(), start);
            labelled.add(task.labelled().getFeatures());
            settings.add(setting.value("value"));
            boolean right = setting.value("value") == best;
            return images -> {
                count(images);
                return answers(images, right);
            };
        }

        private void count(INDArray images) {
            int last = asked.size() - 1;
            if (asked.size() < settings.size()) {
                asked.add((int) images.size(0));
            } else {
                asked.set(last, asked.get(last) + (int) images.size(0));
            }
        }

        /** The right classes, looked up by the pixels, or always class 0. */
        private static INDArray answers(INDArray images, boolean right) {
            INDArray scores = Nd4j.zeros(images.size(0), Digits.CLASSES);
            for (int i = 0; i < images.size(0); i++) {
                Integer known = CLASSES.get(pixels(images, i));
                assertNotNull(known, "an image of neither validation nor test");
                scores.putScalar(i, right ? known : 0, 1);
            }
            return scores;
        }
    }

    @Test
    void choosesByValidationAndShowsTheTestImagesToTheChosenSettingAlone() {
        Recorder recorder = new Recorder();
        int[] steps = new int[1];
        Outcome outcome = new Search(data, 8, List.of(5L, 6L, 7L), false).run(recorder, 20, () -> steps[0]++);
        assertEquals(8, outcome.trials().size());
        assertEquals(3, outcome.chosen().setting().value("value"));
        assertEquals(100, outcome.chosen().validation(), 1e-9);
        assertEquals(List.of(100.0, 100.0, 100.0), outcome.accuracies());
        assertEquals(List.of(3.0, 3.0, 3.0), recorder.settings.subList(8, 11));
        for (int i = 0; i < 11; i++) {
            assertEquals(i < 8 ? VALIDATION : TEST, recorder.asked.get(i), "images of training " + i);
        }
        assertEquals(11, steps[0]);
    }

    @Test
    void takesTheFirstOfEquallyGoodSettings() {
        Recorder recorder = new Recorder();
        recorder.best = -1;
        Search search = new Search(data, 4, List.of(5L), false);
        Outcome outcome = search.run(recorder, 20, () -> {});
        assertEquals(search.settings(recorder).get(0), outcome.chosen().setting());
        assertTrue(outcome.accuracies().get(0) < 20, outcome.toString());
    }

    @Test
    void pretrainsOnceForAllNumbersOfLabels() {
        Recorder recorder = new Recorder();
        Search search = new Search(data, 8, List.of(5L, 6L), false);
        search.run(recorder, 20, () -> {});
        search.run(recorder, 30, () -> {});
        Set<String> different = new HashSet<>(recorder.pretrained);
        assertEquals(different.size(), recorder.pretrained.size(), recorder.pretrained.toString());
        assertTrue(different.containsAll(Set.of("1.0 5", "2.0 5")), different.toString());
    }

    @Test
    void everyRowHasAsManyDifferentSettings() {
        for (int trials : new int[] {1, 6, 8}) {
            Search search = new Search(data, trials, List.of(1L), false);
            for (Contender<?> contender : Contenders.all()) {
                List<Setting> settings = search.settings(contender);
                assertEquals(trials, new HashSet<>(settings).size(), contender.name());
                assertEquals(trials, settings.size(), contender.name());
            }
        }
    }

    @Test
    void allRowsOfASeedHaveTheSameLabelledImages() {
        Recorder one = new Recorder();
        Recorder other = new Recorder();
        Search search = new Search(data, 2, List.of(5L, 6L), false);
        search.run(one, 20, () -> {});
        search.run(other, 20, () -> {});
        assertEquals(one.labelled, other.labelled);
        assertEquals(one.labelled.get(0), one.labelled.get(2));
        assertFalse(one.labelled.get(2).equals(one.labelled.get(3)));
    }

    @Test
    void noImageIsInTwoParts() {
        List<DataSet> parts = List.of(data.train(), data.validation(), data.test());
        assertEquals(parts.stream().mapToInt(DataSet::numExamples).sum(), distinct(parts));
        Task task = data.task(100, 4);
        List<DataSet> used = List.of(task.labelled(), data.validation(), data.test());
        assertEquals(100 + VALIDATION + TEST, distinct(used));
        int[] classes = task.labelled().getLabels().argMax(1).toIntVector();
        for (int c = 0; c < Digits.CLASSES; c++) {
            int wanted = c;
            assertEquals(10, IntStream.of(classes).filter(k -> k == wanted).count(), "class " + c);
        }
    }

    private static long distinct(List<DataSet> parts) {
        return parts.stream()
                .flatMap(part -> IntStream.range(0, part.numExamples()).mapToObj(i -> pixels(part.getFeatures(), i)))
                .distinct()
                .count();
    }
}
