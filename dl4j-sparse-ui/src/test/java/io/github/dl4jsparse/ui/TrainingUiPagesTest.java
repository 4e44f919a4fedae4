package io.github.dl4jsparse.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.Browser;
import io.github.dl4jsparse.diagnostics.TrainingMonitor;
import io.github.dl4jsparse.energy.GroupL2Penalty;
import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.energy.LateralInhibitionPenalty;
import io.github.dl4jsparse.energy.LearnedInhibition;
import io.github.dl4jsparse.group.Groups;
import io.github.dl4jsparse.group.InhibitionMatrix;
import io.github.dl4jsparse.integration.EveryLayer;
import io.github.dl4jsparse.nn.coding.SparseCodingLayer;
import io.github.dl4jsparse.nn.lista.ConvolutionalListaLayer;
import io.github.dl4jsparse.nn.lista.ListaLayer;
import io.github.dl4jsparse.nn.normalization.LocalContrastLayer;
import io.github.dl4jsparse.nn.pooling.GroupL2PoolingLayer;
import io.github.dl4jsparse.testkit.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.deeplearning4j.core.storage.StatsStorage;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.ui.model.stats.StatsListener;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.shade.jackson.databind.JsonNode;

/**
 * The pages of Deeplearning4j's training UI with a stack of our layers, in a browser. The pictures stay in
 * {@code target/training-ui}.
 */
class TrainingUiPagesTest {
    private static final Path PICTURES = Path.of("target", "training-ui");
    private static final List<String> LAYERS = List.of("first", "pool", "contrast", "second", "inhibited", "classes");
    private static final int ITERATIONS = 30;

    @TempDir
    static Path profile;

    private static TrainingUi ui;
    private static Browser browser;
    private static TrainingMonitor monitor;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        Optional<Path> executable = Browser.executable();
        if (executable.isEmpty()) {
            String reason = "skipped: no Chromium on the path to show the training UI in (or give -Dchromium=FILE)";
            System.out.println(reason);
            Assumptions.abort(reason);
        }
        ui = new TrainingUi();
        browser = Browser.start(executable.get(), profile);
        MultiLayerNetwork net = stack();
        StatsStorage storage = ui.show();
        StatsListener listener = new StatsListener(storage, 1);
        monitor = TrainingMonitor.builder(Samples.gaussian(-1, 40, 2, 8, 8))
                .everyUpdates(2)
                .excessEvery(5)
                .onPoint(new StatsStorageFeed(storage, listener.getSessionID()))
                .build();
        net.setListeners(listener, monitor);
        for (int i = 0; i < ITERATIONS; i++) {
            net.fit(new DataSet(Samples.gaussian(i, 9, 2, 8, 8), Samples.oneHot(9, EveryLayer.CLASSES)));
        }
        ui.select();
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
        if (ui != null) {
            ui.close();
        }
    }

    /** Two stages of images, a sparse code with learned inhibition, and a classifier. */
    private static MultiLayerNetwork stack() {
        MultiLayerNetwork net = new MultiLayerNetwork(EveryLayer.settings()
                .list()
                .layer(new ConvolutionalListaLayer.Builder(3, 3)
                        .name("first")
                        .nOut(4)
                        .gain(true)
                        .penalty(new GroupL2Penalty(0.02, Groups.blocks(4, 2)))
                        .unsupervisedWeight(0.1)
                        .build())
                .layer(new GroupL2PoolingLayer.Builder(Groups.blocks(4, 2))
                        .name("pool")
                        .window(2, 2)
                        .stride(2, 2)
                        .build())
                .layer(new LocalContrastLayer.Builder()
                        .name("contrast")
                        .window(3)
                        .build())
                .layer(new ListaLayer.Builder()
                        .name("second")
                        .nOut(16)
                        .iterations(3)
                        .penalty(new L1Penalty(0.05))
                        .unsupervisedWeight(0.2)
                        .build())
                .layer(new SparseCodingLayer.Builder()
                        .name("inhibited")
                        .nOut(12)
                        .penalty(new LateralInhibitionPenalty(
                                        0.1, InhibitionMatrix.uniform(12, 0.1), new L1Penalty(0.02))
                                .learned(LearnedInhibition.ascent(0.5, 1.0)))
                        .unsupervisedWeight(0.2)
                        .build())
                .layer(named())
                .setInputType(InputType.convolutional(8, 8, 2))
                .build());
        net.init();
        return net;
    }

    private static org.deeplearning4j.nn.conf.layers.Layer named() {
        org.deeplearning4j.nn.conf.layers.Layer classifier = EveryLayer.classifier();
        classifier.setLayerName("classes");
        return classifier;
    }

    private static void draw(String name) throws IOException, InterruptedException {
        // the curves are drawn when their data have come
        Thread.sleep(1500);
        Path picture = PICTURES.resolve(name + ".png");
        browser.screenshot(picture);
        assertTrue(Files.size(picture) > 10_000, "an empty page");
        assertTrue(ImageIO.read(picture.toFile()).getWidth() > 1000);
        assertEquals(List.of(), browser.errors());
    }

    @Test
    void showsTheScoreOfAStackOnTheOverviewPage() throws IOException, InterruptedException {
        browser.open(ui.page("/train/overview"));
        browser.await("document.querySelectorAll('#scoreiterchart canvas').length > 0");
        browser.await("document.body.innerText.includes('ConvolutionalLista')"
                + " || document.body.innerText.includes('MultiLayerNetwork')");
        draw("overview");
        String text = browser.evaluate("document.body.innerText").asText();
        assertFalse(text.contains("NaN"), text);
    }

    @Test
    void showsEveryLayerOfAStackOnTheModelPageAndItsDetailsAfterAClick() throws IOException, InterruptedException {
        browser.open(ui.page("/train/model"));
        browser.await("window.cy && cy.nodes().length > 0");
        draw("model");
        JsonNode names = browser.evaluate("cy.nodes().map(node => node.data('name'))");
        assertEquals(LAYERS.size() + 1, names.size(), names.toString());
        for (int i = 0; i < LAYERS.size(); i++) {
            String name = LAYERS.get(i);
            assertTrue(names.get(i + 1).asText().contains("(" + name + ")"), names.toString());
            JsonNode place =
                    browser.evaluate("(() => { const box = document.getElementById('layers').getBoundingClientRect();"
                            + " const at = cy.nodes()[" + (i + 1) + "].renderedPosition();"
                            + " return [box.left + at.x, box.top + at.y]; })()");
            browser.click(place.get(0).asDouble(), place.get(1).asDouble());
            browser.await("document.getElementById('layerInfo').innerText.includes('" + name + "')");
            browser.await("document.querySelectorAll('#meanmag canvas').length > 0");
            draw("model-" + name);
            assertFalse(browser.evaluate("document.body.innerText").asText().contains("NaN"), name);
        }
    }

    @Test
    void showsTheMachineOnTheSystemPage() throws IOException, InterruptedException {
        browser.open(ui.page("/train/system"));
        browser.await("document.querySelectorAll('canvas').length > 0");
        draw("system");
    }

    @Test
    void showsTheEnergyTermsOfEveryLayerOnThePageOfTheLayers() throws IOException, InterruptedException {
        browser.open(ui.page("/sparse"));
        browser.await("document.readyState === 'complete' && document.images.length > 0");
        draw("sparse");
        assertTrue(browser.evaluate("[...document.images].every(image => image.complete && image.naturalWidth > 100)")
                .asBoolean());
        String text = browser.evaluate("document.body.innerText").asText();
        assertEquals(List.of("first", "second", "inhibited"), monitor.history().layers());
        for (String layer : monitor.history().layers()) {
            assertTrue(text.contains("Layer " + layer), text);
        }
        for (String measure : List.of("reconstruction", "penalty", "active elements", "active groups", "excess")) {
            assertTrue(text.contains(measure), measure);
        }
        assertTrue(text.contains("Energy and its terms"), text);
        assertFalse(text.contains("NaN"), text);

        browser.evaluate("document.querySelector('a[href=\"/train\"]').click()");
        browser.await("document.querySelectorAll('#scoreiterchart canvas').length > 0");
        assertEquals(List.of(), browser.errors());
    }
}
