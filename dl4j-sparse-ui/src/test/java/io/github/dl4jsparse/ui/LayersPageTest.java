package io.github.dl4jsparse.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.diagnostics.TrainingMonitor;
import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.integration.EveryLayer;
import io.github.dl4jsparse.nn.lista.ListaLayer;
import io.github.dl4jsparse.nn.lista.PredictiveSparseDecomposition;
import io.github.dl4jsparse.solver.Fista;
import io.github.dl4jsparse.testkit.Samples;
import java.io.IOException;
import java.net.http.HttpResponse;
import org.deeplearning4j.core.storage.StatsStorage;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.ui.model.stats.StatsListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

class LayersPageTest {
    private TrainingUi ui;

    private HttpResponse<String> page(boolean multiSession, String query) throws IOException, InterruptedException {
        if (ui == null) {
            ui = new TrainingUi(multiSession);
        }
        return ui.answer("/sparse" + query);
    }

    @AfterEach
    void stop() {
        ui.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void saysHowItIsFedBeforeAnythingWasMeasured(boolean multiSession) throws IOException, InterruptedException {
        HttpResponse<String> empty = page(multiSession, "");
        assertEquals(200, empty.statusCode());
        assertTrue(empty.body().contains("new StatsStorageFeed(storage, session)"), empty.body());
        StatsStorage storage = ui.show();
        new StatsStorageFeed(storage, "announced");
        assertTrue(page(multiSession, "").body().contains("Nothing was measured."));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void showsTheNewestSessionOrTheOneThatIsAskedFor(boolean multiSession) throws IOException, InterruptedException {
        page(multiSession, "");
        StatsStorage storage = ui.show();
        StatsStorageFeed older = new StatsStorageFeed(storage, "a & <b>");
        StatsStorageFeed newer = new StatsStorageFeed(storage, "newer");
        older.accept(Points.of("first", 1));
        Thread.sleep(5);
        newer.accept(Points.of("second", 2));

        String newest = page(multiSession, "").body();
        assertTrue(newest.contains("<h2>Layer second</h2>"), newest);
        assertFalse(newest.contains("Layer first"));
        assertTrue(newest.contains("<a href=\"/sparse?session=a+%26+%3Cb%3E\">a &amp; &lt;b&gt;</a>"), newest);

        String asked = page(multiSession, "?session=a+%26+%3Cb%3E").body();
        assertTrue(asked.contains("<h2>Layer first</h2>"), asked);
        assertTrue(asked.contains("<p>Session a &amp; &lt;b&gt;</p>"), asked);
        assertFalse(asked.contains("Layer second"));

        HttpResponse<String> unknown = page(multiSession, "?session=%3Cnone%3E");
        assertEquals(404, unknown.statusCode());
        assertTrue(unknown.body().contains("got &quot;&lt;none&gt;&quot;"), unknown.body());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void sharesASessionWithTheStatsListener(boolean multiSession) throws IOException, InterruptedException {
        page(multiSession, "");
        StatsStorage storage = ui.show();
        MultiLayerNetwork net = EveryLayer.values()[0].network();
        StatsListener listener = new StatsListener(storage, 1);
        TrainingMonitor monitor = TrainingMonitor.builder(
                        EveryLayer.values()[0].data(20, 7).getFeatures())
                .everyUpdates(1)
                .onPoint(new StatsStorageFeed(storage, listener.getSessionID()))
                .build();
        net.setListeners(listener, monitor);
        for (int i = 0; i < 3; i++) {
            net.fit(EveryLayer.values()[0].data(12, i));
        }
        assertTrue(monitor.history().points().size() >= 3);
        String body = page(multiSession, "").body();
        assertTrue(body.contains("Session " + listener.getSessionID()), body);
        for (String layer : monitor.history().layers()) {
            assertTrue(body.contains("Layer " + layer), body);
        }
        assertEquals(
                1,
                storage.listWorkerIDsForSessionAndType(listener.getSessionID(), StatsListener.TYPE_ID)
                        .size());
        String overview = (multiSession ? "/train/" + listener.getSessionID() : "/train") + "/overview/data";
        assertEquals(
                3,
                ui.awaited(overview, data -> data.has("scores")).get("scores").size());
    }

    /** Whatever terms a loss has are on the page: of a layer that is trained to predict codes there are three. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void showsEveryTermOfALoss(boolean predictive) throws IOException, InterruptedException {
        page(false, "");
        StatsStorage storage = ui.show();
        ListaLayer.Builder code = new ListaLayer.Builder()
                .name("code")
                .nOut(8)
                .penalty(new L1Penalty(0.1))
                .unsupervisedWeight(1);
        if (predictive) {
            code.predictive(new PredictiveSparseDecomposition(1, new Fista(200, 1e-4)));
        }
        MultiLayerNetwork net = new MultiLayerNetwork(EveryLayer.settings()
                .list()
                .layer(code.build())
                .layer(EveryLayer.classifier())
                .setInputType(InputType.feedForward(6))
                .build());
        net.init();
        INDArray x = Samples.gaussian(1, 9, 6);
        net.setListeners(TrainingMonitor.builder(x)
                .everyUpdates(1)
                .onPoint(new StatsStorageFeed(storage, "psd"))
                .build());
        net.fit(new DataSet(x, Samples.oneHot(9, EveryLayer.CLASSES)));
        String body = page(false, "").body();
        assertTrue(body.contains("<tr><td>reconstruction</td>"), body);
        assertTrue(body.contains("<tr><td>penalty</td>"), body);
        assertEquals(predictive, body.contains("<tr><td>prediction</td>"), body);
    }
}
