package io.github.dl4jsparse.examples.inhibition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.examples.cli.ProgramRun;
import io.github.dl4jsparse.examples.cli.SparseCommand;
import io.github.dl4jsparse.examples.data.StripedImages;
import io.github.dl4jsparse.nn.coding.SparseCodingLayer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/** Runs {@code inhibition} in this virtual machine, on small images and settings that take a second. */
class InhibitionCommandTest {
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

    private int tiny(String structure, String... more) {
        List<String> arguments = new ArrayList<>(List.of("inhibition", "--quick", "--force", "--structure", structure));
        arguments.addAll(List.of("--data", images.toString(), "--out", results.toString()));
        arguments.addAll(List.of("--patch", "" + SIDE, "--epochs", "2", "--patches", "60", "--batch", "20"));
        arguments.addAll(List.of(more));
        return program.run(arguments.toArray());
    }

    private JsonNode result() throws IOException {
        return new ObjectMapper().readTree(results.resolve("result.json").toFile());
    }

    private void assertUserError(int code, String sentence) {
        assertEquals(SparseCommand.USER_ERROR, code, program.err());
        assertTrue(program.err().contains("error: " + sentence), program.err());
    }

    private static void assertNumber(boolean expected, JsonNode result, String key) {
        assertTrue(result.has(key), key);
        assertEquals(expected, result.get(key).isNumber(), key);
    }

    /** The claim, then the figures, then how they were made. */
    private void assertPage(String... figures) throws IOException {
        String page = Files.readString(results.resolve("report.html"));
        int claim = page.indexOf("<p class=\"headline\">");
        assertTrue(
                page.substring(claim).matches("(?s)<p class=\"headline\">[^<]*[0-9]\\.[0-9]+.*"),
                "a figure in the claim");
        for (String figure : figures) {
            assertTrue(page.indexOf(figure, claim) > 0, figure);
            assertTrue(page.indexOf(figure, claim) < page.indexOf("How it was made"), figure);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "tree,10,energy.png filters.png inhibition.zip manifest.json report.html result.json",
        "annulus,16,energy.png filters.png inhibition.zip manifest.json orientations.png report.html result.json",
        "ring,16,energy.png filters.png inhibition.zip manifest.json report.html result.json",
        "learned,16,energy.png filters.png inhibition.png inhibition.zip manifest.json partners.png report.html result.json"
    })
    void learnsAndWritesEverything(String structure, int units, String files) throws IOException {
        String[] size = structure.equals("tree") ? new String[] {"--branching", "3,2"} : new String[] {"--units", "16"};
        assertEquals(0, tiny(structure, size), program.err());
        try (Stream<Path> list = Files.list(results)) {
            assertEquals(
                    List.of(files.split(" ")),
                    list.map(file -> file.getFileName().toString()).sorted().toList());
        }
        for (String file : files.split(" ")) {
            if (file.endsWith(".png")) {
                assertNotNull(ImageIO.read(results.resolve(file).toFile()), file);
            }
        }
        JsonNode result = result();
        List<String> keys = new ArrayList<>();
        result.fieldNames().forEachRemaining(keys::add);
        assertEquals(
                List.of("command", "arguments", "version", "data", "seed", "settings", "seconds"), keys.subList(0, 7));
        assertEquals("inhibition", result.get("command").asText());
        assertEquals(structure, result.get("settings").get("structure").asText());
        for (String key : List.of("energy", "certificate", "explainedVariance", "meanActiveUnits", "deadUnits")) {
            assertNumber(true, result, key);
        }
        boolean tree = structure.equals("tree");
        boolean learned = structure.equals("learned");
        assertNumber(true, result, "coActivationOutsideZeros");
        assertTrue(result.has("coActivationInsideZeros"));
        assertNumber(tree, result, "chainFraction");
        assertNumber(tree, result, "chainFractionControl");
        assertNumber(tree, result, "chainFractionP");
        assertPage(tree || learned ? "svg class=\"plot\"" : "Control: the same filters", "unit-browser");
        assertNumber(!learned, result, "neighbourSimilarityRatio");
        assertNumber(learned, result, "zeroRecoveryAuc");
        assertEquals(tree ? 3 : 0, result.get("selectivityByDepth").size());
        assertEquals(tree ? 3 : 0, result.get("selectivityByDepthControl").size());
        if (learned) {
            assertNumber(true, result, "coActivationInsideZerosControl");
            assertNumber(true, result, "coActivationOutsideZerosControl");
            for (String key :
                    List.of("coActivationP", "growingBefore", "growingAfter", "fallingBefore", "fallingAfter")) {
                assertNumber(true, result, key);
            }
            assertTrue(result.get("zeroRecoveryAuc").asDouble() >= 0.95, result.toString());
        }
        assertTrue(program.out().contains("Results are in " + results), program.out());
        MultiLayerNetwork net = ModelSerializer.restoreMultiLayerNetwork(
                results.resolve("inhibition.zip").toFile());
        assertEquals(units, net.output(Nd4j.rand(1, SIDE * SIDE)).size(1));
    }

    @ParameterizedTest
    @CsvSource({"tree,2", "tree,3", "tree,4", "ring,2", "ring,3"})
    void learnedInhibitionFindsWhatIsPlanted(String planted, int seed) throws IOException {
        assertEquals(
                0,
                tiny("learned", "--units", "9", "--planted", planted, "--seed", "" + seed, "--epochs", "1"),
                program.err());
        assertEquals(planted, result().get("settings").get("planted").asText());
        double auc = result().get("zeroRecoveryAuc").asDouble();
        assertTrue(auc >= 0.95, "area under the curve " + auc);
        assertTrue(program.out().contains("Zeros of a planted " + planted + " found"), program.out());
    }

    @Test
    void prunesATreeAndComparesItWithOneOfTheFinalSize() throws IOException {
        assertEquals(0, tiny("tree", "--branching", "4,3,2", "--prune"), program.err());
        JsonNode result = result();
        assertEquals(41, result.path("unitsBefore").asInt());
        assertEquals(21, result.path("unitsAfter").asInt());
        assertEquals(41 * SIDE * SIDE, result.path("parametersBefore").asInt());
        assertEquals(21 * SIDE * SIDE, result.path("parametersAfter").asInt());
        assertEquals(result.path("energy"), result.path("energyRetrained"));
        int nodes = 0;
        for (JsonNode number : result.path("nodesByDepth")) {
            nodes += number.asInt();
        }
        assertEquals(21, nodes);
        assertEquals(1, result.path("nodesByDepth").get(0).asInt());
        assertEquals(1, result.path("settings").path("weight").asDouble());
        for (String key : List.of("energyBefore", "energyPruned", "energySameShape", "energyRegular")) {
            assertTrue(result.path(key).asDouble() > 0, key);
        }
        // 4, 2, 1: a root, 4, 8 and 8 units
        assertEquals(21, result.path("unitsRegular").asInt());
        assertTrue(Files.exists(results.resolve("filters-before.png")));
        assertTrue(program.out().contains("Pruning: 21 of 41 units stay"), program.out());
        assertPage("from the start: same shape");
        MultiLayerNetwork net = ModelSerializer.restoreMultiLayerNetwork(
                results.resolve("inhibition.zip").toFile());
        SparseCodingLayer layer = (SparseCodingLayer) net.getLayer(0).conf().getLayer();
        assertEquals(21, layer.getNOut());
        assertEquals(21, layer.getPenalty().units());
    }

    /** A penalty that silences all units leaves shares and selectivities that are no numbers: the page says so. */
    @ParameterizedTest
    @CsvSource({"tree", "ring", "learned"})
    void aRunInWhichNothingIsActiveHasAPageToo(String structure) throws IOException {
        String[] size = structure.equals("tree") ? new String[] {"--branching", "3,2"} : new String[] {"--units", "9"};
        List<String> more = new ArrayList<>(List.of(size));
        more.addAll(List.of("--lambda", "1000"));
        assertEquals(0, tiny(structure, more.toArray(String[]::new)), program.err());
        String page = Files.readString(results.resolve("report.html"));
        String claim = page.substring(page.indexOf("class=\"headline\""));
        assertFalse(claim.substring(0, claim.indexOf("</p>")).contains("NaN"), claim);
        assertTrue(claim.contains("unit-browser"));
    }

    @Test
    void givesTheSameNumbersForTheSameSeed() throws IOException {
        double[] energies = new double[3];
        for (int i = 0; i < 3; i++) {
            assertEquals(0, tiny("ring", "--units", "16", "--seed", "" + (i + 2) / 2), program.err());
            energies[i] = result().get("energy").asDouble();
        }
        // two threads may add up the energies in another order
        assertEquals(energies[0], energies[1], 1e-9);
        assertTrue(Math.abs(energies[0] - energies[2]) > 1e-6);
    }

    @Test
    void refusesWhatDoesNotFit() {
        assertUserError(
                tiny("annulus", "--units", "50"),
                "--units must be the square of a number for --structure annulus, got 50");
        assertUserError(
                tiny("tree", "--units", "50"), "--units must be the 61 nodes of the tree, or not given, got 50");
        assertUserError(
                tiny("ring", "--branching", "3,2"),
                "--branching must be given with --structure tree only, got --structure ring");
        assertUserError(
                tiny("ring", "--prune"), "--prune must be given with --structure tree only, got --structure ring");
        assertUserError(
                tiny("ring", "--planted", "tree"),
                "--planted must be given with --structure learned only, got --structure ring");
        assertUserError(tiny("ring", "--weight", "-1"), "--weight must be finite and >= 0, got -1.0");
        assertUserError(
                tiny("annulus", "--inner", "3", "--outer", "2"),
                "outer radius must be above the inner radius 3.0, got 2.0");
    }
}
