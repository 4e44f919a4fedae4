package io.github.dl4jsparse.task;

import io.github.dl4jsparse.model.ModelFile;
import io.github.dl4jsparse.nn.UnsupervisedLayer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** The file of an {@link AnomalyDetector}. */
final class AnomalyFile {
    private static final SettingsEntry<Saved> ENTRY =
            new SettingsEntry<>("anomaly", Saved.class, AnomalyDetector.class);

    private AnomalyFile() {}

    /** For Jackson. */
    private static final class Saved extends SettingsEntry.Versioned {
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
        ENTRY.save(file, detector.network(), saved);
    }

    static AnomalyDetector load(Path file) throws IOException {
        Saved saved = ENTRY.read(file);
        MultiLayerNetwork net = ModelFile.restoreNetwork(file);
        try {
            return detector(saved, net);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw ENTRY.wrong(file, e.getMessage(), e);
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
                    + " elements, got a normaliser of " + scale.shift().length + " and " + net.getnLayers()
                    + " layers");
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
