package io.github.dl4jsparse.diagnostics;

import io.github.dl4jsparse.energy.Penalty;
import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.internal.dl4j.Net;
import io.github.dl4jsparse.internal.dl4j.Stage;
import io.github.dl4jsparse.nn.UnsupervisedLayer;
import io.github.dl4jsparse.nn.spi.SparseLayerConf;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.core.JsonProcessingException;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/**
 * A page on which one clicks a unit of a layer and sees what drives it: its filter, the inputs for which it is strongest with the position
 * in them, how often and how strongly it is active, and which units are related to it - by groups or inhibition of the
 * penalty, by filters that are alike, by being active together.
 * <pre>{@code
 * UnitBrowser.of(net, 0, images).write(Path.of("units.html"));
 * }</pre>
 * <p>The file needs no other and no network. It holds a small picture for each unit and each of its strongest inputs: about 3 kB a unit.
 * <p>Shapes: images {@code [examples, channels, height, width]} in the network's order, sequences {@code [examples, channels, time]}, or
 * vectors {@code [examples, values]}; vectors that are images are shown as such after {@link #images}.
 */
public final class UnitBrowser {
    private static final int BATCH = 100;
    private static final int STRONGEST = 9;
    private static final int BINS = 16;
    private static final int MOST_UNITS = 4096;

    private final Stage stage;
    private final UnsupervisedLayer layer;
    private final INDArray examples;
    private List<String> names = List.of();
    private long[] image;

    private UnitBrowser(Stage stage, INDArray examples) {
        this.stage = stage;
        this.layer = stage.dictionary();
        this.examples = Args.given("examples", examples);
        if (examples.rank() < 2 || examples.rank() > 4 || examples.isEmpty()) {
            throw Args.failure(
                    "examples", "[examples, ...], vectors, sequences or images", Arrays.toString(examples.shape()));
        }
    }

    /**
     * The units of a layer.
     *
     * @param net      a stack or graph of one input, initialised. Not modified.
     * @param layer    index of the layer, one with a dictionary
     * @param examples features as the network takes them. Not modified.
     * @throws IllegalArgumentException if there is no such layer
     */
    public static UnitBrowser of(Model net, int layer, INDArray examples) {
        return new UnitBrowser(Net.of(net).measured(layer), examples);
    }

    /** The units of a layer that is named, else as {@link #of(Model, int, INDArray)}. */
    public static UnitBrowser of(Model net, String layer, INDArray examples) {
        return new UnitBrowser(Net.of(net).measured(layer), examples);
    }

    /**
     * Shows vectors as images, channel by channel and row by row.
     *
     * @throws IllegalArgumentException if examples are no vectors of as many values
     */
    public UnitBrowser images(int channels, int height, int width) {
        if (examples.rank() != 2 || examples.size(1) != (long) channels * height * width) {
            throw Args.failure(
                    "images",
                    "of as many pixels as a vector has values, " + examples.size(1),
                    channels + " x " + height + " x " + width);
        }
        this.image = new long[] {channels, height, width};
        return this;
    }

    /** The names of the examples, in their order; by default its number. */
    public UnitBrowser names(List<String> names) {
        if (Args.given("names", names).size() != examples.size(0)) {
            throw Args.failure("number of names", "that of the examples, " + examples.size(0), names.size());
        }
        this.names = List.copyOf(names);
        return this;
    }

    /** Writes a page, whole or not at all. */
    public void write(Path target) throws IOException {
        addTo(new HtmlReport("Units of layer " + stage.name())).write(target);
    }

    /** Adds the browser to a page; a page may have several. */
    public HtmlReport addTo(HtmlReport page) {
        List<Map<String, Object>> units = units();
        String json;
        try {
            // no "</script>" may end the script that holds the data
            json = new ObjectMapper().writeValueAsString(units).replace("</", "<\\/");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("can't write the units of layer " + stage.name(), e);
        }
        return page.raw(template().replace("@DATA@", json));
    }

    private static String template() {
        try (InputStream in = UnitBrowser.class.getResourceAsStream("unit-browser.html")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Map<String, Object>> units() {
        UnitPictures pictures = UnitPictures.of(stage, examples, image);
        StrongestExamples strongest = new StrongestExamples(STRONGEST);
        UnitActivity activity = null;
        for (long first = 0; first < examples.size(0); first += BATCH) {
            CodeValues codes =
                    CodeValues.of(maps(layer.encode(stage.inputOf(pictures.batch(first, BATCH)))), CNN2DFormat.NCHW);
            if (activity == null) {
                activity = new UnitActivity(Args.inRange("number of units", codes.units(), 1, MOST_UNITS));
            }
            strongest.add(codes);
            activity.add(codes);
        }
        UnitRelations relations = new UnitRelations(pictures.atoms(), activity, penalty());
        List<Map<String, Object>> units = new ArrayList<>();
        for (int unit = 0; unit < strongest.units(); unit++) {
            units.add(unit(unit, pictures, strongest.ofUnit(unit), activity, relations));
        }
        return units;
    }

    /** {@code [batch, units]} or {@code [batch, units, height, width]} of codes in any of the layer's orders. */
    private INDArray maps(INDArray codes) {
        INDArray first = UnitPictures.channelsFirst(codes, layer.channelOrder());
        return first.rank() == 3 ? first.reshape(first.size(0), first.size(1), 1, first.size(2)) : first;
    }

    private Penalty penalty() {
        return stage.layer().conf().getLayer() instanceof SparseLayerConf conf
                ? conf.penaltyWith(stage.layer().paramTable())
                : null;
    }

    private Map<String, Object> unit(
            int unit,
            UnitPictures pictures,
            List<UnitResponse> strongest,
            UnitActivity activity,
            UnitRelations relations) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("filter", pictures.filter(unit));
        shown.put("share", activity.share(unit));
        shown.put("positions", pictures.hasPositions() ? activity.positionShare(unit) : null);
        shown.put("mean", activity.mean(unit));
        shown.put("largest", activity.largest(unit));
        shown.put("histogram", activity.histogram(unit, BINS));
        List<Map<String, Object>> inputs = new ArrayList<>();
        for (UnitResponse response : strongest) {
            String name = names.isEmpty() ? "example " + response.example() : names.get((int) response.example());
            inputs.add(Map.of(
                    "picture", pictures.input(response),
                    "name", name + pictures.position(response),
                    "value", response.value()));
        }
        shown.put("inputs", inputs);
        shown.put("relations", relations.of(unit));
        return shown;
    }
}
