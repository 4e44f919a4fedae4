package io.github.dl4jsparse.ui;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.deeplearning4j.config.DL4JSystemProperties;
import org.deeplearning4j.core.storage.StatsStorage;
import org.deeplearning4j.ui.api.UIServer;
import org.deeplearning4j.ui.model.storage.InMemoryStatsStorage;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/** Deeplearning4j's training UI on a free port of this machine, showing one training. */
final class TrainingUi implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final int PATIENCE = 200;
    private static final int PAUSE_MILLISECONDS = 50;

    private final UIServer server;
    private final HttpClient client = HttpClient.newHttpClient();
    private StatsStorage shown;

    TrainingUi() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            System.setProperty(DL4JSystemProperties.UI_SERVER_PORT_PROPERTY, String.valueOf(free.getLocalPort()));
        }
        server = UIServer.getInstance();
    }

    /** A storage that the UI shows from now on, instead of the one before. */
    StatsStorage show() {
        if (shown != null) {
            server.detach(shown);
        }
        shown = new InMemoryStatsStorage();
        server.attach(shown);
        return shown;
    }

    /** Chooses the one training in the storage, once the UI has heard of it. */
    void select() throws IOException, InterruptedException {
        String session = shown.listSessionIDs().get(0);
        for (int i = 0; i < PATIENCE && !json("/train/sessions/info").has(session); i++) {
            Thread.sleep(PAUSE_MILLISECONDS);
        }
        get("/train/sessions/set/" + session);
    }

    URI page(String path) {
        return URI.create("http://localhost:" + server.getPort() + path);
    }

    /** The answer to a path as JSON. */
    JsonNode json(String path) throws IOException, InterruptedException {
        return JSON.readTree(get(path));
    }

    private String get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(page(path))
                .timeout(Duration.ofSeconds(30))
                .build();
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException(path + " answers " + response.statusCode() + ": " + response.body());
        }
        return response.body();
    }

    @Override
    public void close() {
        try {
            UIServer.stopInstance();
        } catch (Exception e) {
            throw new IllegalStateException("the training UI does not stop", e);
        }
    }
}
