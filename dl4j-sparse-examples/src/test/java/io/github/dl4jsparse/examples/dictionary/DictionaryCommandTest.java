package io.github.dl4jsparse.examples.dictionary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.examples.cli.ProgramRun;
import io.github.dl4jsparse.examples.cli.SparseCommand;
import io.github.dl4jsparse.examples.data.StripedImages;
import io.github.dl4jsparse.nn.UnsupervisedLayer;
import io.github.dl4jsparse.nn.coding.SparseCodingLayer;
import io.github.dl4jsparse.train.LayerwisePretrainer;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/** Runs {@code dictionary} in this virtual machine, on small images and settings that take a second. */
class DictionaryCommandTest {
    private static final List<String> FILES = List.of(
            "dictionary.zip",
            "energy.png",
            "filters.png",
            "manifest.json",
            "reconstructions.png",
            "report.html",
            "result.json");
    private static final int SIDE = 5;

    @TempDir
    Path directory;

    private Path images;
    private Path results;
    private final ProgramRun program = new ProgramRun();

    @BeforeEach
    void writeImages() throws IOException {
        images = Files.createDirectory(directory.resolve("images"));
        results = directory.resolve("results");
        StripedImages.write(images.resolve("a.png"), 40, 33);
        StripedImages.write(images.resolve("b.png"), 25, 30);
    }

    private int tiny(String penalty, String... more) {
        List<String> arguments = new ArrayList<>(List.of("dictionary", "--quick", "--force", "--penalty", penalty));
        arguments.addAll(List.of("--data", images.toString(), "--out", results.toString()));
        arguments.addAll(List.of("--patch", "" + SIDE, "--epochs", "2", "--patches", "60", "--batch", "20"));
        arguments.addAll(List.of(more));
        return program.run(arguments.toArray());
    }

    private JsonNode result() throws IOException {
        return new ObjectMapper().readTree(results.resolve("result.json").toFile());
    }

    /** The page shows a photograph in four pictures, and names the control of the claim. */
    private void assertReport(String control) throws IOException {
        String page = Files.readString(results.resolve("report.html"));
        assertTrue(page.contains(control), page.substring(0, 3000));
        assertTrue(page.contains("Reconstruction, patch by patch"), "a whole photograph");
    }

    private void assertUserError(int code, String sentence) {
        assertEquals(SparseCommand.USER_ERROR, code, program.err());
        assertTrue(program.err().contains("error: " + sentence), program.err());
        assertFalse(program.err().contains("\tat "), program.err());
        assertEquals("", program.out());
    }

    @ParameterizedTest
    @CsvSource({"l1,16", "group,16", "topographic,16", "tree,10"})
    void learnsAndWritesEverything(String penalty, int units) throws IOException {
        String[] size = penalty.equals("tree") ? new String[] {"--branching", "3,2"} : new String[] {"--units", "16"};
        assertEquals(0, tiny(penalty, size), program.err());
        try (Stream<Path> files = Files.list(results)) {
            assertEquals(
                    FILES,
                    files.map(file -> file.getFileName().toString()).sorted().toList());
        }
        assertReport(penalty.equals("l1") ? "principal components" : "as alike as any two");
        for (String file : FILES) {
            if (file.endsWith(".png")) {
                assertNotNull(ImageIO.read(results.resolve(file).toFile()), file);
            }
        }
        JsonNode result = result();
        List<String> keys = new ArrayList<>();
        result.fieldNames().forEachRemaining(keys::add);
        assertEquals(
                List.of("command", "arguments", "version", "data", "seed", "settings", "seconds"), keys.subList(0, 7));
        assertEquals("dictionary", result.get("command").asText());
        assertEquals(penalty, result.get("settings").get("penalty").asText());
        assertEquals(units, result.get("settings").get("units").asInt());
        for (String key : List.of(
                "energy",
                "certificate",
                "meanActiveUnits",
                "meanActiveGroups",
                "deadUnits",
                "orientedFraction",
                "explainedVariance")) {
            assertTrue(result.path(key).isNumber(), key);
        }
        assertTrue(result.path("converged").isBoolean());
        assertEquals(
                penalty.equals("l1") || penalty.equals("group") ? "duality gap" : "subgradient distance",
                result.path("certificateKind").asText());
        assertEquals(
                penalty.equals("l1"), result.path("neighbourSimilarityRatio").isNull());
        assertEquals(penalty.equals("l1"), result.path("neighbourSimilarityP").isNull());
        assertEquals(penalty.equals("tree"), result.path("orphans").isNumber());
        assertEquals(0, result.path("orphans").asInt());
        assertTrue(program.out().contains("Results are in " + results), program.out());
        MultiLayerNetwork net = ModelSerializer.restoreMultiLayerNetwork(
                results.resolve("dictionary.zip").toFile());
        assertEquals(units, net.output(Nd4j.rand(1, SIDE * SIDE)).size(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"l1", "group", "topographic", "tree"})
    void encodersKeepTheDictionaryAndTheZerosOfThePenalty(String penalty) throws IOException {
        String[] size = penalty.equals("tree") ? new String[] {"--branching", "3,2"} : new String[] {"--units", "16"};
        assertEquals(
                0,
                tiny(
                        penalty,
                        Stream.concat(Stream.of("--encoder"), Stream.of(size)).toArray(String[]::new)));
        JsonNode encoder = result().get("encoder");
        assertEquals(List.of(1, 3, 5), numbers(encoder.get("encoders"), "steps"));
        MultiLayerNetwork dictionary = ModelSerializer.restoreMultiLayerNetwork(
                results.resolve("dictionary.zip").toFile());
        for (JsonNode row : encoder.get("encoders")) {
            assertTrue(row.get("energy").asDouble() < row.get("istaEnergy").asDouble(), row.toString());
            assertEquals(penalty.equals("tree"), row.get("orphans").isNumber(), row.toString());
            assertEquals(
                    penalty.equals("l1") || penalty.equals("group"),
                    row.get("partlyZeroGroups").isNumber());
            assertEquals(0, row.get("orphans").asInt());
            assertEquals(0, row.get("partlyZeroGroups").asInt());
            MultiLayerNetwork net = ModelSerializer.restoreMultiLayerNetwork(
                    results.resolve("encoder-" + row.get("steps").asInt() + ".zip")
                            .toFile());
            assertEquals(dictionary.getLayer(0).getParam("D"), net.getLayer(0).getParam("D"));
        }
        assertNotNull(ImageIO.read(results.resolve("encoder.png").toFile()));
        assertTrue(program.out().contains("% above"), program.out());
    }

    private static List<Integer> numbers(JsonNode rows, String key) {
        List<Integer> numbers = new ArrayList<>();
        rows.forEach(row -> numbers.add(row.get(key).asInt()));
        return numbers;
    }

    @Test
    void prunesATreeAndComparesItWithOneOfTheFinalSize() throws IOException {
        assertEquals(0, tiny("tree", "--branching", "4,3,2", "--prune"), program.err());
        JsonNode result = result();
        assertEquals(0.5, result.get("settings").get("pruneTo").asDouble());
        assertEquals(41, result.path("unitsBefore").asInt());
        assertEquals(21, result.path("unitsAfter").asInt());
        assertEquals(41 * SIDE * SIDE, result.path("parametersBefore").asInt());
        assertEquals(21 * SIDE * SIDE, result.path("parametersAfter").asInt());
        int nodes = 0;
        for (JsonNode number : result.path("nodesByDepth")) {
            nodes += number.asInt();
        }
        assertEquals(21, nodes);
        assertEquals(1, result.path("nodesByDepth").get(0).asInt());
        double before = result.path("energyBefore").asDouble();
        assertTrue(before > 0);
        // a smaller dictionary never describes better, but for what the solver leaves open
        assertTrue(result.path("energyPruned").asDouble() > before * (1 - 1e-3));
        assertEquals(result.path("energy"), result.path("energyRetrained"));
        assertTrue(result.path("energySameShape").asDouble() > 0);
        assertTrue(result.path("energyRegular").asDouble() > 0);
        // 4, 2, 1: a root, 4, 8 and 8 units
        assertEquals(21, result.path("unitsRegular").asInt());
        assertEquals(0, result.path("orphans").asInt());
        assertTrue(Files.exists(results.resolve("filters-before.png")));
        assertTrue(program.out().contains("Pruning: 21 of 41 units stay"), program.out());
        MultiLayerNetwork net = ModelSerializer.restoreMultiLayerNetwork(
                results.resolve("dictionary.zip").toFile());
        SparseCodingLayer layer = (SparseCodingLayer) net.getLayer(0).conf().getLayer();
        assertEquals(21, layer.getNOut());
        assertEquals(21, layer.getPenalty().units());
        INDArray patches = Nd4j.rand(20, SIDE * SIDE).subi(0.5).muli(10);
        double energy = energy(net, patches);
        LayerwisePretrainer.builder()
                .epochs(20)
                .build()
                .fit(net, new ListDataSetIterator<>(List.of(new DataSet(patches, patches))));
        assertTrue(energy(net, patches) < energy);
    }

    private static double energy(MultiLayerNetwork net, INDArray patches) {
        return ((UnsupervisedLayer) net.getLayer(0)).energy(patches).total();
    }

    @Test
    void aShareOfUnitsIsPruningToo() throws IOException {
        assertEquals(0, tiny("tree", "--branching", "3,2", "--prune-to", "0.7"), program.err());
        assertEquals(7, result().path("unitsAfter").asInt());
        assertEquals(0, tiny("tree", "--branching", "3,2", "--prune-to", "1"), program.err());
        assertTrue(result().path("unitsAfter").isMissingNode());
    }

    @Test
    void refusesToPruneWithoutATree() {
        assertUserError(
                tiny("group", "--units", "16", "--prune"),
                "--prune must be given with --penalty tree only, got --penalty group");
        program.forgetErrors();
        assertUserError(tiny("tree", "--prune-to", "1.5"), "--prune-to must be from 0.0 to 1.0, got 1.5");
    }

    @Test
    void givesTheSameNumbersForTheSameSeed() throws IOException {
        double[] energies = new double[3];
        for (int i = 0; i < 3; i++) {
            assertEquals(0, tiny("l1", "--units", "16", "--seed", "" + (i + 2) / 2), program.err());
            energies[i] = result().get("energy").asDouble();
        }
        // two threads may add up the energies in another order
        assertEquals(energies[0], energies[1], 1e-9);
        assertTrue(Math.abs(energies[0] - energies[2]) > 1e-6);
    }

    @ParameterizedTest
    @CsvSource({
        "topographic,50,the square of a number from 3 on for --penalty topographic",
        "topographic,4,the square of a number from 3 on for --penalty topographic",
        "group,10,a multiple of 4 for --penalty group",
        "tree,50,'the 81 nodes of the tree, or not given'",
        "l1,0,at least 1"
    })
    void refusesUnitsThatDoNotFit(String penalty, int units, String rule) {
        assertUserError(tiny(penalty, "--units", "" + units), "--units must be " + rule + ", got " + units);
    }

    @Test
    void refusesBranchingThatIsNoTree() {
        assertUserError(tiny("tree", "--branching", "3,0"), "branching of level 1 must be at least 1, got 0");
        program.forgetErrors();
        assertUserError(
                tiny("l1", "--branching", "3,2"),
                "--branching must be given with --penalty tree only, got --penalty l1");
        assertEquals(SparseCommand.USER_ERROR, tiny("tree", "--branching", "3,x"));
        assertTrue(program.err().contains("'--branching'"), program.err());
    }

    @Test
    void refusesNumbersOutOfRange() {
        assertUserError(tiny("l1", "--patch", "2"), "--patch must be at least 3, got 2");
        assertUserError(tiny("l1", "--lambda", "-1"), "--lambda must be finite and >= 0, got -1.0");
        assertUserError(tiny("l1", "--epochs", "0"), "--epochs must be at least 1, got 0");
    }

    @Test
    void namesAnImageSmallerThanThePatch() {
        assertEquals(SparseCommand.USER_ERROR, tiny("l1", "--patch", "28"));
        assertTrue(program.err().contains("b.png") && program.err().contains("28 x 28"), program.err());
    }

    @Test
    void namesAnImageOfOneBrightness() throws IOException {
        BufferedImage black = new BufferedImage(30, 30, BufferedImage.TYPE_BYTE_GRAY);
        assertTrue(ImageIO.write(black, "png", images.resolve("black.png").toFile()));
        assertUserError(tiny("l1"), "image \"black.png\": image must be finite and not of one brightness everywhere");
    }

    @Test
    void refusesAFolderWithoutImages() throws IOException {
        Path empty = Files.createDirectory(directory.resolve("empty"));
        assertUserError(program.run("dictionary", "--data", empty, "--out", results), empty + " has no");
    }
}
