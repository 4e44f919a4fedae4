package io.github.dl4jsparse.ui;

import io.github.dl4jsparse.diagnostics.HtmlReport;
import io.github.dl4jsparse.diagnostics.TrainingHistory;
import io.github.dl4jsparse.diagnostics.TrainingPoint;
import io.github.dl4jsparse.diagnostics.TrainingReport;
import io.vertx.ext.web.RoutingContext;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.deeplearning4j.core.storage.StatsStorage;
import org.deeplearning4j.core.storage.StatsStorageEvent;
import org.deeplearning4j.ui.api.HttpMethod;
import org.deeplearning4j.ui.api.Route;
import org.deeplearning4j.ui.api.UIModule;
import org.deeplearning4j.ui.i18n.I18NResource;

/**
 * The page {@code /sparse} of Deeplearning4j's training UI: for each layer of a {@link StatsStorageFeed}, its first and
 * last measurement and curves over its updates, redrawn every ten seconds.
 *
 * <p>The UI loads it automatically where this module is on the class path, in its single-session and its multi-session
 * mode. The newest session is shown, another by {@code /sparse?session=ID}; an unknown one is answered with 404.
 */
public final class LayersPage implements UIModule {
    private static final String PATH = "/sparse";
    private static final int NOT_FOUND = 404;
    private static final String SECONDS = "10";

    private final List<StatsStorage> storages = new CopyOnWriteArrayList<>();

    @Override
    public List<String> getCallbackTypeIDs() {
        return List.of(StoredPoint.TYPE_ID);
    }

    @Override
    public List<Route> getRoutes() {
        return List.of(new Route(PATH, HttpMethod.GET, (arguments, request) -> answer(request)));
    }

    @Override
    public void reportStorageEvents(Collection<StatsStorageEvent> events) {
        // the page reads the storages at each request
    }

    @Override
    public void onAttach(StatsStorage statsStorage) {
        storages.add(statsStorage);
    }

    @Override
    public void onDetach(StatsStorage statsStorage) {
        storages.remove(statsStorage);
    }

    @Override
    public List<I18NResource> getInternationalizationResources() {
        return List.of();
    }

    /** Runs outside of the server's event loop: a page of many curves takes a second to draw. */
    private void answer(RoutingContext request) {
        String wanted = request.request().getParam("session");
        request.vertx().<Answer>executeBlocking(done -> done.complete(answer(wanted)), false, drawn -> {
            if (drawn.failed()) {
                request.fail(drawn.cause());
                return;
            }
            Answer answer = drawn.result();
            request.response()
                    .setStatusCode(answer.status())
                    .putHeader("content-type", "text/html; charset=utf-8")
                    .putHeader("refresh", SECONDS)
                    .end(answer.html());
        });
    }

    private Answer answer(String wanted) {
        Map<String, List<StoredPoint>> sessions = new TreeMap<>();
        storages.forEach(storage -> sessions.putAll(Sessions.of(storage)));
        String shown = wanted == null ? Sessions.newest(sessions) : wanted;
        HtmlReport page = new HtmlReport("Sparse layers").links(links(sessions.keySet()));
        if (shown == null) {
            page.paragraph("No layer was measured yet: a TrainingMonitor that is built with onPoint(new"
                    + " StatsStorageFeed(storage, session)) feeds this page.");
            return new Answer(200, page.html());
        }
        if (!sessions.containsKey(shown)) {
            page.paragraph("session must be one of " + sessions.keySet() + ", got \"" + shown + "\"");
            return new Answer(NOT_FOUND, page.html());
        }
        List<TrainingPoint> points = sessions.get(shown).stream()
                .flatMap(stored -> stored.point().stream())
                .toList();
        String title = "Session " + shown;
        page.paragraph(title);
        return new Answer(
                200,
                new TrainingReport(title, TrainingHistory.of(points))
                        .addTo(page)
                        .html());
    }

    private static Map<String, String> links(Collection<String> sessions) {
        Map<String, String> links = new LinkedHashMap<>();
        links.put("Overview, model and system", "/train");
        for (String session : sessions) {
            links.put(session, PATH + "?session=" + URLEncoder.encode(session, StandardCharsets.UTF_8));
        }
        return links;
    }

    private record Answer(int status, String html) {}
}
