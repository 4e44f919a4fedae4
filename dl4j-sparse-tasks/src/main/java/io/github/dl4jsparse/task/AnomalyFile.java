package io.github.dl4jsparse.task;

import io.github.dl4jsparse.io.ModelFile;
import io.github.dl4jsparse.nn.common.UnsupervisedLayer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.shade.jackson.core.JsonProcessingException;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/** The file of an {@link AnomalyDetector}: its network as {@link ModelFile} saves it, and beside it one entry of JSON. */
final class AnomalyFile {
    private static final String ENTRY = "anomaly";
    private static final int VERSION = 1;

    private AnomalyFile() {}

    /** For Jackson. */
    private static final class Saved {
        public int version;
        public long[] shape;
        public List<String> columns;
        public int patchHeight;
        public int patchWidth;
        public int stride;
        public double topShare;
        public double[] shift;
        public double[] factor;
        public double pieceMedian;
        public double pieceDeviation;
        public double exampleMedian;
        public double exampleDeviation;
        public double threshold;
        public double falseAlarms;
        public int heldOut;
    }

    static void save(AnomalyDetector detector, Path file) throws IOException {
        AnomalyScores scores = detector.scores();
        PieceLayout layout = scores.model().layout();
        Saved saved = new Saved();
        saved.version = VERSION;
        saved.shape = detector.shape();
        saved.columns = detector.columns();
        saved.patchHeight = layout.pieceHeight();
        saved.patchWidth = layout.pieceWidth();
        saved.stride = layout.stride();
        saved.topShare = scores.topShare();
        saved.shift = scores.model().scale().shift();
        saved.factor = scores.model().scale().factor();
        saved.pieceMedian = scores.pieces().median();
        saved.pieceDeviation = scores.pieces().deviation();
        saved.exampleMedian = scores.whole().median();
        saved.exampleDeviation = scores.whole().deviation();
        saved.threshold = detector.threshold();
        saved.falseAlarms = detector.falseAlarms();
        saved.heldOut = detector.heldOutExamples();
        byte[] json;
        try {
            json = new ObjectMapper().writeValueAsBytes(saved);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("can't write the settings of " + detector, e);
        }
        ModelFile.save(file, detector.network(), Map.of(ENTRY, json));
    }

    static AnomalyDetector load(Path file) throws IOException {
        byte[] bytes = ModelFile.restoreBytes(file, ENTRY).get(ENTRY);
        if (bytes == null) {
            throw new IOException(file + " must have been saved by an AnomalyDetector, got another network's file");
        }
        Saved saved;
        try {
            saved = new ObjectMapper().readValue(new String(bytes, StandardCharsets.UTF_8), Saved.class);
        } catch (JsonProcessingException e) {
            throw new IOException(file + " has settings that can't be read: " + e.getOriginalMessage(), e);
        }
        if (saved == null || saved.version != VERSION) {
            throw new IOException(file + " must be of version " + VERSION + ", got "
                    + (saved == null
                            ? "nothing"
                            : "version " + saved.version + "; read it with the program that wrote it"));
        }
        try {
            return detector(saved, ModelFile.restoreNetwork(file));
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new IOException(file + " has settings that can't be: " + e.getMessage(), e);
        }
    }

    private static AnomalyDetector detector(Saved saved, MultiLayerNetwork net) {
        long[] shape = saved.shape;
        if (shape == null || shape.length < 1 || shape.length > 3 || saved.columns == null) {
            throw new IllegalArgumentException("shape and columns must be given");
        }
        int width = Math.toIntExact(shape[shape.length - 1]);
        PieceLayout layout = new PieceLayout(
                shape.length == 1 ? 1 : Math.toIntExact(shape[0]),
                shape.length == 3 ? Math.toIntExact(shape[1]) : 1,
                width,
                saved.patchHeight,
                saved.patchWidth,
                saved.stride);
        PieceScale scale = new PieceScale(saved.shift, saved.factor);
        boolean fits = net.getnLayers() == 1
                && net.getLayer(0) instanceof UnsupervisedLayer
                && net.layerInputSize(0) == layout.pieceSize()
                && scale.shift().length == layout.pieceSize();
        if (!fits) {
            throw new IllegalArgumentException("network and normaliser must be of pieces of " + layout.pieceSize()
                    + " numbers, got a normaliser of " + scale.shift().length + " and " + net.getnLayers() + " layers");
        }
        if (!Double.isFinite(saved.threshold) || !(saved.topShare > 0 && saved.topShare <= 1)) {
            throw new IllegalArgumentException("threshold must be finite and the top share from 0 to 1, got "
                    + saved.threshold + " and " + saved.topShare);
        }
        AnomalyScores scores = new AnomalyScores(
                new PieceModel(net, scale, layout),
                new HeldOutScores(saved.pieceMedian, saved.pieceDeviation),
                new HeldOutScores(saved.exampleMedian, saved.exampleDeviation),
                saved.topShare);
        return new AnomalyDetector(
                scores,
                new AnomalyDetector.Threshold(saved.threshold, saved.falseAlarms, saved.heldOut),
                shape,
                saved.columns);
    }
}
