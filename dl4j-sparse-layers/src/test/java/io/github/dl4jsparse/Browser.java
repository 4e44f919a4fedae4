package io.github.dl4jsparse;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/**
 * A page in headless Chromium, controlled by its remote debugging protocol: opens, clicks, evaluates and takes
 * screenshots. Errors of scripts and requests are recorded.
 */
public final class Browser implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SECONDS = 60;
    private static final int PAUSE_MILLISECONDS = 100;

    private final Process process;
    private final WebSocket socket;
    private final AtomicInteger numbers = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
    private final List<String> errors = Collections.synchronizedList(new ArrayList<>());

    private Browser(Process process, URI page) {
        this.process = process;
        this.socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(page, new Listener())
                .join();
    }

    /** The browser of this machine, if it has one: that of the property {@code chromium}, or one on the path. */
    public static Optional<Path> executable() {
        String given = System.getProperty("chromium");
        Stream<Path> candidates = given != null
                ? Stream.of(Path.of(given))
                : Stream.of("chromium", "chromium-browser", "google-chrome")
                        .flatMap(name -> Stream.of(System.getenv("PATH").split(File.pathSeparator))
                                .map(directory -> Path.of(directory, name)));
        return candidates.filter(Files::isExecutable).findFirst();
    }

    /** Starts a browser whose files are below a directory. */
    public static Browser start(Path executable, Path directory) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        executable.toString(),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--hide-scrollbars",
                        "--window-size=1500,1300",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + directory,
                        "about:blank")
                .redirectErrorStream(true)
                .start();
        BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = output.readLine();
        while (line != null && !line.startsWith("DevTools listening on ")) {
            line = output.readLine();
        }
        if (line == null) {
            throw new IOException("the browser ended with " + process.waitFor());
        }
        Thread rest = new Thread(() -> output.lines().forEach(ignored -> {}), "browser output");
        rest.setDaemon(true);
        rest.start();
        URI control = URI.create(line.substring("DevTools listening on ".length()));
        Browser browser = new Browser(process, page(control.getPort()));
        for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
            browser.call(domain + ".enable", Map.of());
        }
        return browser;
    }

    private static URI page(int port) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/json/list"))
                .build();
        for (JsonNode target : JSON.readTree(HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body())) {
            if (target.get("type").asText().equals("page")) {
                return URI.create(target.get("webSocketDebuggerUrl").asText());
            }
        }
        throw new IOException("the browser has no page");
    }

    private JsonNode call(String method, Map<String, ?> parameters) throws IOException {
        int number = numbers.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        answers.put(number, answer);
        socket.sendText(JSON.writeValueAsString(Map.of("id", number, "method", method, "params", parameters)), true)
                .join();
        JsonNode found = answer.orTimeout(SECONDS, TimeUnit.SECONDS).join();
        if (found.has("error")) {
            throw new IOException(method + ": " + found.get("error"));
        }
        return found.get("result");
    }

    public void open(URI address) throws IOException {
        call("Page.navigate", Map.of("url", address.toString()));
    }

    /** The value of an expression in the page. */
    public JsonNode evaluate(String expression) throws IOException {
        JsonNode result = call("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true));
        if (result.has("exceptionDetails")) {
            throw new IOException(expression + ": " + result.get("exceptionDetails"));
        }
        return result.get("result").path("value");
    }

    /** Waits until an expression is true in the page. */
    public void await(String expression) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (!evaluate("!!(" + expression + ")").asBoolean()) {
            if (System.nanoTime() > end) {
                throw new IOException("not within " + SECONDS + " s: " + expression + "; errors: " + errors);
            }
            Thread.sleep(PAUSE_MILLISECONDS);
        }
    }

    /** Makes the window so large, in pixels of the page. */
    public void size(int width, int height) throws IOException {
        call(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    /** Clicks at a position of the page. */
    public void click(double x, double y) throws IOException {
        for (String type : List.of("mouseMoved", "mousePressed", "mouseReleased")) {
            call("Input.dispatchMouseEvent", Map.of("type", type, "x", x, "y", y, "button", "left", "clickCount", 1));
        }
    }

    /** Draws what is seen of the page. */
    public void screenshot(Path target) throws IOException {
        byte[] png = Base64.getDecoder()
                .decode(call("Page.captureScreenshot", Map.of("format", "png"))
                        .get("data")
                        .asText());
        Files.createDirectories(target.getParent());
        Files.write(target, png);
    }

    /** What went wrong in scripts and requests so far. */
    public List<String> errors() {
        return List.copyOf(errors);
    }

    @Override
    public void close() {
        socket.abort();
        process.destroy();
        try {
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                take(text.toString());
                text.setLength(0);
            }
            webSocket.request(1);
            return null;
        }

        private void take(String message) {
            try {
                JsonNode event = JSON.readTree(message);
                if (event.has("id")) {
                    answers.remove(event.get("id").asInt()).complete(event);
                    return;
                }
                JsonNode details = event.path("params");
                boolean failed =
                        switch (event.path("method").asText()) {
                            case "Runtime.exceptionThrown" -> true;
                            case "Log.entryAdded" ->
                                details.at("/entry/level").asText().equals("error");
                            case "Runtime.consoleAPICalled" ->
                                details.path("type").asText().equals("error")
                                        || details.toString().contains("Error getting data");
                            case "Network.responseReceived" ->
                                details.at("/response/status").asInt() >= 400;
                            default -> false;
                        };
                if (failed) {
                    errors.add(message);
                }
            } catch (IOException e) {
                errors.add(e.toString());
            }
        }
    }
}
