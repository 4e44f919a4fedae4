package io.github.dl4jsparse.examples.compare;

import io.github.dl4jsparse.examples.compare.PrincipalComponents.Projection;
import io.github.dl4jsparse.task.LabelledTraining;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.eigen.Eigen;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * The classifier on principal components of the unlabelled images, each component divided by its standard deviation to
 * the power of the setting's whitening: 0 leaves it as it is, 1 gives all the same variance.
 */
final class PrincipalComponents implements Contender<Projection> {
    private static final int BATCH = 50;
    private static final double FLOOR = 1e-6;

    /**
     * The components, those of the largest variance first.
     *
     * @param mean       of the images {@code [1, pixels]}
     * @param directions of length 1, {@code [pixels, pixels]}, one a column
     * @param deviations {@code [pixels]}
     */
    record Projection(INDArray mean, INDArray directions, double[] deviations) {
        INDArray of(INDArray images, int components, double whitening) {
            INDArray kept = directions.get(NDArrayIndex.all(), NDArrayIndex.interval(0, components));
            INDArray projected = images.subRowVector(mean).mmul(kept.dup());
            for (int i = 0; i < components; i++) {
                projected.getColumn(i).divi(Math.pow(Math.max(deviations[i], FLOOR * deviations[0]), whitening));
            }
            return projected;
        }
    }

    @Override
    public String name() {
        return "PCA + logistic regression";
    }

    @Override
    public Kind kind() {
        return Kind.DENSE;
    }

    @Override
    public Grid grid() {
        return Grid.empty()
                .axis("components", 50, 30, 100)
                .axis("whitening", 0.5, 0, 1)
                .axis("rate", 3e-3, 1e-2, 3e-2)
                .axis("l2", 1e-4, 1e-3, 1e-2)
                .effort("updates", 1000, 300);
    }

    @Override
    public Projection pretrain(Setting setting, Unlabelled images, long seed) {
        INDArray mean = images.images().mean(true, 0);
        INDArray centred = images.images().subRowVector(mean);
        // the routine overwrites its argument with the eigenvectors, in order of rising eigenvalues
        INDArray vectors = centred.transpose().mmul(centred).divi(images.count());
        double[] variances = Eigen.symmetricGeneralizedEigenvalues(vectors).toDoubleVector();
        int n = variances.length;
        int[] falling = new int[n];
        double[] deviations = new double[n];
        for (int i = 0; i < n; i++) {
            falling[i] = n - 1 - i;
            deviations[i] = Math.sqrt(Math.max(0, variances[n - 1 - i]));
        }
        return new Projection(
                mean, Nd4j.pullRows(vectors.transpose().dup('c'), 1, falling).transpose(), deviations);
    }

    @Override
    public Classifier train(Setting setting, Projection pca, Task task) {
        int components = Math.min(setting.count("components"), task.unlabelled().pixels());
        double whitening = setting.value("whitening");
        MultiLayerNetwork net = Networks.init(Networks.builder(task.seed())
                .l2(setting.value("l2"))
                .list()
                .layer(Networks.classifier(task.classes(), 0))
                .setInputType(InputType.feedForward(components)));
        DataSet projected = new DataSet(
                pca.of(task.labelled().getFeatures(), components, whitening),
                task.labelled().getLabels());
        new LabelledTraining(BATCH, setting.count("updates"), setting.value("rate"), task.seed()).fit(net, projected);
        return images -> net.output(pca.of(images, components, whitening));
    }
}
