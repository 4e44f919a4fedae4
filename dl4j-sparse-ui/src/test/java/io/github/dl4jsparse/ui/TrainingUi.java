package io.github.dl4jsparse.ui;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.function.Predicate;
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
        this(false);
    }

    /** @param multiSession whether every training has addresses of its own */
    TrainingUi(boolean multiSession) throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            System.setProperty(DL4JSystemProperties.UI_SERVER_PORT_PROPERTY, String.valueOf(free.getLocalPort()));
        }
        server = UIServer.getInstance(multiSession, null);
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
        awaited("/train/sessions/info", sessions -> sessions.has(session));
        get("/train/sessions/set/" + session);
    }

    URI page(String path) {
        return URI.create("http://localhost:" + server.getPort() + path);
    }

    /** The answer to a path as JSON. */
    JsonNode json(String path) throws IOException, InterruptedException {
        return JSON.readTree(get(path));
    }

    /**
     * The answer to a path as JSON, once the UI, which hears of storages on a thread of its own, has what is wanted; the last one
     * if it never has.
     */
    JsonNode awaited(String path, Predicate<JsonNode> wanted) throws IOException, InterruptedException {
        for (int i = 0; i < PATIENCE; i++) {
            HttpResponse<String> response = answer(path);
            if (response.statusCode() == 200 && wanted.test(JSON.readTree(response.body()))) {
                break;
            }
            Thread.sleep(PAUSE_MILLISECONDS);
        }
        return json(path);
    }

    /** The answer to a path, whatever its status. */
    HttpResponse<String> answer(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(page(path))
                .timeout(Duration.ofSeconds(30))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private String get(String path) throws IOException, InterruptedException {
        HttpResponse<String> response = answer(path);
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
