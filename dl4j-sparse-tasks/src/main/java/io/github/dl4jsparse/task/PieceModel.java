package io.github.dl4jsparse.task;

import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.nn.UnsupervisedLayer;
import io.github.dl4jsparse.nn.coding.SparseCodingLayer;
import io.github.dl4jsparse.solver.CoordinateDescent;
import io.github.dl4jsparse.solver.Solver;
import io.github.dl4jsparse.train.DataDictionary;
import io.github.dl4jsparse.train.LayerwisePretrainer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

/**
 * A dictionary of pieces, with the standardisation of pieces and the division of examples into them.
 *
 * @param net one layer, which is an {@link UnsupervisedLayer}
 */
record PieceModel(MultiLayerNetwork net, PieceScale scale, PieceLayout layout) {
    private static final int BATCH = 100;
    private static final Solver SOLVER = new CoordinateDescent(200, 1e-3);
    /** Pieces whose codes are computed at once. */
    private static final int BLOCK = 8192;

    /**
     * Learns a dictionary.
     *
     * @param pieces as they are in the examples, {@code [count * size]}. Scaled in place.
     */
    static PieceModel learn(float[] pieces, PieceScale scale, PieceLayout layout, AnomalyDetectorBuilder options) {
        scale.apply(pieces);
        int count = pieces.length / layout.pieceSize();
        INDArray rows = Nd4j.createFromArray(pieces).reshape('c', new long[] {count, layout.pieceSize()});
        MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(options.seed())
                .updater(new Adam(options.learningRate()))
                .list()
                .layer(new SparseCodingLayer.Builder()
                        .nOut(options.units())
                        .penalty(new L1Penalty(options.penaltyWeight(layout.isWhole())))
                        .solver(SOLVER)
                        .build())
                .setInputType(InputType.feedForward(layout.pieceSize()))
                .build());
        net.init();
        DataDictionary.start(net.getLayer(0), rows, 1, options.seed());
        int updates = (count + BATCH - 1) / BATCH;
        LayerwisePretrainer.builder()
                .batch(BATCH)
                .epochs(Math.max(1, (options.updates() + updates - 1) / updates))
                .seed(options.seed())
                .build()
                .fit(net, rows);
        return new PieceModel(net, scale, layout);
    }

    UnsupervisedLayer layer() {
        return (UnsupervisedLayer) net.getLayer(0);
    }

    /** The energy of every piece of every example, {@code [examples * pieces]}. */
    double[] energies(float[] examples) {
        int count = examples.length / layout.exampleSize();
        int perBlock = Math.max(1, BLOCK / layout.count());
        double[] energies = new double[count * layout.count()];
        for (int first = 0; first < count; first += perBlock) {
            int last = Math.min(count, first + perBlock);
            float[] rows = pieces(examples, first, last);
            scale.apply(rows);
            INDArray matrix = Nd4j.createFromArray(rows)
                    .reshape('c', new long[] {(long) (last - first) * layout.count(), layout.pieceSize()});
            double[] block = layer().energies(matrix).toDoubleVector();
            System.arraycopy(block, 0, energies, first * layout.count(), block.length);
        }
        return energies;
    }

    private float[] pieces(float[] examples, int first, int last) {
        float[] rows = new float[(last - first) * layout.count() * layout.pieceSize()];
        int at = 0;
        for (int example = first; example < last; example++) {
            for (int piece = 0; piece < layout.count(); piece++) {
                layout.copy(examples, example * layout.exampleSize(), piece, rows, at);
                at += layout.pieceSize();
            }
        }
        return rows;
    }

    /** The code of one piece, as it is in the example. Not modified. */
    double[] code(float[] piece) {
        return layer().encode(scaled(piece)).toDoubleVector();
    }

    /** The reconstruction of one piece in the units of the example. */
    float[] reconstruction(float[] piece) {
        float[] rebuilt = layer().reconstruct(scaled(piece)).toFloatVector();
        scale.undo(rebuilt);
        return rebuilt;
    }

    private INDArray scaled(float[] piece) {
        float[] row = piece.clone();
        scale.apply(row);
        return Nd4j.createFromArray(new float[][] {row});
    }
}
