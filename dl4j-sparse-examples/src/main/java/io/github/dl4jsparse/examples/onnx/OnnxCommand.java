package io.github.dl4jsparse.examples.onnx;

import io.github.dl4jsparse.examples.run.TextTable;
import io.github.dl4jsparse.internal.check.Args;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.deeplearning4j.nn.conf.inputs.InputType;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes saved networks as ONNX files and says what is in them. */
@Command(
        name = "onnx",
        description = "Writes saved networks as ONNX files, which ONNX Runtime serves without Deeplearning4j.")
public final class OnnxCommand implements Callable<Integer> {
    /** Largest difference of the outputs that is called the same. */
    private static final double SAME = 1e-5;

    private static final Pattern SIZES = Pattern.compile("\\d{1,9}(x\\d{1,9}x\\d{1,9})?");

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "NETWORK.zip", description = "saved networks")
    private List<Path> networks;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "the ONNX file of one network (default: the network's name with .onnx, beside it)")
    private Path out;

    @Option(
            names = "--input",
            split = ",",
            paramLabel = "SIZE",
            description =
                    "size of each input where the layers don't have it: numbers of a row, or HEIGHTxWIDTHxCHANNELS")
    private List<String> inputs = List.of();

    @Option(
            names = "--compare",
            description =
                    "compares each file with its network in ONNX Runtime: outputs of random inputs, sizes of the files,"
                            + " times of batches of 1 and 128")
    private boolean compare;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "threads of ONNX Runtime in the comparison (default: all processors)")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--seconds",
            paramLabel = "S",
            description = "seconds of each measurement of the comparison (default: ${DEFAULT-VALUE})")
    private double seconds = 1;

    @Override
    public Integer call() throws Exception {
        Args.atLeast("--threads", threads, 1);
        Args.nonNegative("--seconds", seconds);
        if (out != null && networks.size() > 1) {
            throw Args.failure("--out", "left out with several networks, whose files lie beside them", out);
        }
        InputType[] types = inputs.stream().map(OnnxCommand::type).toArray(InputType[]::new);
        PrintWriter text = spec.commandLine().getOut();
        List<List<String>> rows = new ArrayList<>(List.of(Comparison.HEAD));
        List<String> refused = new ArrayList<>();
        double difference = 0;
        for (Path saved : networks) {
            Path target = target(saved);
            try {
                ServedNetwork network = ServedNetwork.write(saved, target, types);
                describe(network, text);
                if (compare) {
                    Comparison comparison = Comparison.of(network, threads, seconds);
                    difference = Math.max(difference, comparison.difference());
                    rows.add(comparison.row());
                }
            } catch (IllegalArgumentException e) {
                refused.add(saved + ": " + e.getMessage());
            }
        }
        if (rows.size() > 1) {
            text.print(TextTable.plain(rows));
        }
        text.flush();
        if (!refused.isEmpty()) {
            throw new IllegalArgumentException(String.join(System.lineSeparator() + "error: ", refused));
        }
        if (!(difference <= SAME)) {
            throw new IOException("outputs differ by more than " + SAME + "; see the column \"difference\"");
        }
        return 0;
    }

    private static void describe(ServedNetwork network, PrintWriter text) throws IOException {
        text.println(network.file() + ": " + network.summary());
        if (network.hasNormalizer()) {
            text.println("  The normaliser in " + network.saved()
                    + " is not in it: normalise inputs as in training before they go in.");
        }
        text.flush();
    }

    private Path target(Path saved) throws IOException {
        if (!Files.isRegularFile(saved)) {
            throw Args.failure("NETWORK.zip", "a file that ModelFile saved", saved);
        }
        String name = saved.getFileName().toString().replaceFirst("\\.zip$", "");
        return out != null ? out : saved.resolveSibling(name + ".onnx");
    }

    private static InputType type(String size) {
        if (!SIZES.matcher(size).matches()) {
            throw Args.failure("--input", "a number, or HEIGHTxWIDTHxCHANNELS such as 28x28x1", size);
        }
        long[] sides = Arrays.stream(size.split("x")).mapToLong(Long::parseLong).toArray();
        return sides.length == 1
                ? InputType.feedForward(sides[0])
                : InputType.convolutional(sides[0], sides[1], sides[2]);
    }
}
