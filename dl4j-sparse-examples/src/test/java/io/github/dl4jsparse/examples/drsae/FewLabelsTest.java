package io.github.dl4jsparse.examples.drsae;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.ReadmeProgram;
import io.github.dl4jsparse.examples.data.Digits;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/** The programs of docs/few-labels.md compile, run, and do what the page says of them. */
class FewLabelsTest {
    private static final int LABELLED = 100;

    @TempDir
    private Path directory;

    private static String block(int number) throws IOException {
        Path here = Path.of("docs", "few-labels.md").toAbsolutePath();
        String page = Files.readString(Files.exists(here) ? here : Path.of("..", "docs", "few-labels.md"));
        Matcher block = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(page);
        for (int i = 0; i <= number; i++) {
            assertTrue(block.find(), "block " + i);
        }
        return block.group(1);
    }

    /** Imports are those of the first block; the second is the body of a method. */
    private Method program() throws Exception {
        String source = block(0) + "public class Program { public static MultiLayerNetwork train("
                + "INDArray images, DataSet labelled, long seed) {\n" + block(1) + "return net; }\n"
                + "static void others(MultiLayerNetwork net, DataSetIterator mixed, INDArray images, DataSet labelled,"
                + " List<INDArray> batches, DataSetIterator augmented) {\n" + block(2) + "} }";
        assertEquals(List.of(), ReadmeProgram.errors(source, directory));
        URLClassLoader loader =
                new URLClassLoader(new URL[] {directory.toUri().toURL()}, FewLabelsTest.class.getClassLoader());
        return loader.loadClass("Program").getMethod("train", INDArray.class, DataSet.class, long.class);
    }

    private static double errors(MultiLayerNetwork net, DataSet data) {
        Evaluation evaluation = new Evaluation(Digits.CLASSES);
        evaluation.eval(data.getLabels(), net.output(data.getFeatures()));
        return 100 * (1 - evaluation.accuracy());
    }

    @Test
    void theProgramOfThePageLearnsFromImagesWithoutLabels() throws Exception {
        Method train = program();
        List<Double> joint = new ArrayList<>();
        for (long seed = 1; seed <= 3; seed++) {
            Digits digits = Digits.embedded(seed);
            DataSet some = new DataSet(
                    digits.train().getRange(0, LABELLED).getFeatures().dup(),
                    digits.train().getRange(0, LABELLED).getLabels().dup());
            MultiLayerNetwork net =
                    (MultiLayerNetwork) train.invoke(null, digits.train().getFeatures(), some, seed);
            joint.add(errors(net, digits.test()));
        }
        // step 1 and the labelled images alone: 11.0
        double mean = joint.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
        assertTrue(mean < 10.5, joint.toString());
    }
}
