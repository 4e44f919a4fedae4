package io.github.dl4jsparse.examples.map;

import io.github.dl4jsparse.diagnostics.HtmlReport;
import io.github.dl4jsparse.diagnostics.TrainingReport;
import io.github.dl4jsparse.examples.picture.LossChart;
import io.github.dl4jsparse.examples.run.Result;
import io.github.dl4jsparse.examples.run.ResultJson;
import io.github.dl4jsparse.examples.run.RunDirectory;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The result of one run of {@code map}.
 *
 * @param data     name of the images
 * @param controls maps without the structure; none without {@code --control}
 */
record MapResult(MapSettings settings, String data, long seed, TrainedMap map, List<TrainedMap> controls)
        implements Result {
    /** Name of the layer. */
    static final String LAYER = "map";

    @Override
    public Map<String, Object> figures() {
        Map<String, Object> figures = ResultJson.keys(map.numbers());
        // that of the whole run is a key of every command
        Object seconds = figures.remove("seconds");
        figures.put("mapSeconds", seconds);
        if (!controls.isEmpty()) {
            Map<String, Object> control = new LinkedHashMap<>();
            controls.forEach(other -> control.put(other.structure().toString(), ResultJson.keys(other.numbers())));
            figures.put("control", control);
        }
        return figures;
    }

    @Override
    public String headline() {
        return "neighbourOrientationRatio";
    }

    private MapPictures pictures(TrainedMap trained) {
        return new MapPictures(settings, trained.structure(), trained.measured());
    }

    @Override
    public void write(RunDirectory directory) throws IOException {
        pictures(map).write(directory, "");
        directory.write("energy.png", LossChart.drawUnlabelled(map.curves()));
        directory.write("map.zip", map.net());
        new TrainingReport("A map of orientations while it is learned", map.history())
                .filters(
                        LAYER,
                        map.measured().filters(),
                        settings.kernel(),
                        settings.kernel(),
                        map.measured().map().grid())
                .write(directory.file("training.html"));
        for (TrainedMap control : controls) {
            pictures(control).write(directory, control.structure() + "-");
        }
    }

    @Override
    public String claim() {
        String controlled = controls.stream()
                .map(other -> other.structure() + ": " + other.numbers().neighbours())
                .collect(Collectors.joining(
                        "; ", controls.isEmpty() ? "" : " Controls: ", controls.isEmpty() ? "" : "."));
        return "On the map, preferred orientations of " + map.numbers().neighbours() + "." + controlled;
    }

    @Override
    public void show(HtmlReport page) {
        List<TrainedMap> maps = trained();
        List<MapPictures> drawn = maps.stream().map(this::pictures).toList();
        Map<String, BufferedImage> beside = new LinkedHashMap<>();
        for (int i = 0; i < maps.size(); i++) {
            beside.put(maps.get(i).summary(), drawn.get(i).orientation());
        }
        page.beside(beside);
        for (int i = 0; i < maps.size(); i++) {
            drawn.get(i)
                    .addTo(
                            page,
                            "Structure: " + maps.get(i).structure(),
                            maps.get(i).numbers());
        }
    }

    private List<TrainedMap> trained() {
        return Stream.concat(Stream.of(map), controls.stream()).toList();
    }

    @Override
    public String summary() {
        return trained().stream().map(TrainedMap::summary).collect(Collectors.joining(System.lineSeparator()));
    }
}
