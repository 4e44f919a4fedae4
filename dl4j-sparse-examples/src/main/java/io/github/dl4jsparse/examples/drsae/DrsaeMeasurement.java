package io.github.dl4jsparse.examples.drsae;

import io.github.dl4jsparse.diagnostics.CodeStatistics;
import io.github.dl4jsparse.diagnostics.UnitAngles;
import io.github.dl4jsparse.examples.data.Digits;
import io.github.dl4jsparse.examples.run.TrainingLosses;
import io.github.dl4jsparse.nn.LossTerms;
import io.github.dl4jsparse.nn.UnsupervisedLayer;
import io.github.dl4jsparse.nn.lista.ListaLayer;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.ViewIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * How a network does on data it was not trained on. Losses are means per image.
 *
 * @param testError          share of the images that it gets wrong
 * @param losses             those of the code, then {@link TrainingLosses#CLASSIFICATION}
 * @param meanActiveUnits    units that are not zero for an image, on average
 * @param deadUnits          units that are zero for all images
 * @param partUnits          units with an angle between encoder and decoder below 0.5 rad
 * @param categoricalUnits   units with an angle above 0.7 rad
 * @param meanAngle          mean angle in rad
 */
record DrsaeMeasurement(
        double testError,
        LossTerms losses,
        double meanActiveUnits,
        int deadUnits,
        int partUnits,
        int categoricalUnits,
        double meanAngle) {
    /** Images at a time, to bound the memory. */
    private static final int BATCH = 1000;

    private static final double LEAST_PROBABILITY = 1e-12;

    /** The part of a measurement that does not need a trained classifier. */
    record Code(
            LossTerms losses,
            double meanActiveUnits,
            int deadUnits,
            int partUnits,
            int categoricalUnits,
            double meanAngle) {}

    Code code() {
        return new Code(
                losses.without(TrainingLosses.CLASSIFICATION),
                meanActiveUnits,
                deadUnits,
                partUnits,
                categoricalUnits,
                meanAngle);
    }

    static DrsaeMeasurement of(MultiLayerNetwork net, DataSet data) {
        UnsupervisedLayer lista = (UnsupervisedLayer) net.getLayer(0);
        Evaluation evaluation = new Evaluation(Digits.CLASSES);
        List<INDArray> codes = new ArrayList<>();
        LossTerms sums = LossTerms.NONE;
        ViewIterator batches = new ViewIterator(data, BATCH);
        while (batches.hasNext()) {
            DataSet batch = batches.next();
            INDArray probabilities = net.output(batch.getFeatures());
            evaluation.eval(batch.getLabels(), probabilities);
            sums = sums.plus(lista.energy(batch.getFeatures())
                    .times(batch.numExamples())
                    .with(TrainingLosses.CLASSIFICATION, -logLikelihood(batch.getLabels(), probabilities)));
            codes.add(lista.encode(batch.getFeatures()));
        }
        CodeStatistics statistics = CodeStatistics.of(Nd4j.vstack(codes));
        UnitAngles angles = angles(net);
        double n = data.numExamples();
        return new DrsaeMeasurement(
                1 - evaluation.accuracy(),
                sums.times(1 / n),
                statistics.meanActiveUnits(),
                statistics.deadUnits(),
                angles.partUnits(),
                angles.categoricalUnits(),
                angles.mean());
    }

    private static double logLikelihood(INDArray labels, INDArray probabilities) {
        INDArray logarithms = Transforms.log(Transforms.max(probabilities, LEAST_PROBABILITY, true), false);
        return logarithms.muli(labels).sumNumber().doubleValue();
    }

    /** The angles between the rows of the encoder and the columns of the decoder. */
    static UnitAngles angles(MultiLayerNetwork net) {
        return UnitAngles.of(
                net.getLayer(0).getParam(ListaLayer.ENCODER), net.getLayer(0).getParam(ListaLayer.DECODER));
    }
}
