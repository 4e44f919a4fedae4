package io.github.dl4jsparse.data;

import io.github.dl4jsparse.internal.check.Args;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.dataset.api.preprocessor.DataNormalization;
import org.nd4j.linalg.dataset.api.preprocessor.serializer.NormalizerSerializer;
import org.nd4j.linalg.dataset.api.preprocessor.serializer.NormalizerType;

/**
 * The base of normalisers of features, as DL4J's {@link DataNormalization}: they work in place and in double precision,
 * do not change labels and masks, and are saved with a model.
 * <p>DL4J writes and reads a normaliser that is not its own only with a strategy for exactly its class. Those of this
 * package are registered with {@link NormalizerSerializer#getDefault()} when the first of them is used, so that
 * {@code ModelSerializer} can write them.
 * <p>Shapes: features {@code [batch, ...]} of any floating type and order, rank 2 or more.
 */
abstract sealed class FeatureNormalizer implements DataNormalization
        permits LocalContrastNormalization, UnitNormScaling, ZcaWhitening {
    private static final long serialVersionUID = 1L;

    static {
        for (Class<?> type : FeatureNormalizer.class.getPermittedSubclasses()) {
            NormalizerSerializer.getDefault()
                    .addStrategy(new FeatureNormalizerStrategy(type.asSubclass(FeatureNormalizer.class)));
        }
    }

    /**
     * The normalised values.
     *
     * @param values {@code [batch, ...]} in double precision. Not modified.
     * @return in c order, of the same length
     */
    abstract INDArray transformed(INDArray values);

    /**
     * The values before {@link #transformed}.
     *
     * @param values {@code [batch, ...]} in double precision. Not modified.
     * @return in c order, of the same length
     */
    INDArray reverted(INDArray values) {
        throw new UnsupportedOperationException(
                getClass().getSimpleName() + " can't be reverted: what it subtracts and divides by is not kept");
    }

    /** Writes the parameters of the normaliser. */
    abstract void write(DataOutputStream out) throws IOException;

    /** The values of each example in a row: {@code [batch, values]}. */
    static INDArray rows(INDArray values) {
        long batch = values.size(0);
        return values.reshape('c', batch, values.length() / batch);
    }

    private static INDArray checked(INDArray features) {
        Args.given("features", features);
        if (features.rank() < 2 || !features.dataType().isFPType()) {
            throw Args.failure(
                    "features",
                    "floating point numbers [batch, ...]",
                    features.dataType() + " " + Arrays.toString(features.shape()));
        }
        return features.castTo(DataType.DOUBLE);
    }

    private static void replace(INDArray features, INDArray values) {
        features.assign(values.reshape('c', features.shape()));
    }

    /** Does nothing in normalisers without parameters. */
    @Override
    public void fit(DataSet data) {}

    /** Does nothing in normalisers without parameters. */
    @Override
    public void fit(DataSetIterator data) {}

    /** Normalises features. Modified in place. */
    @Override
    public final void transform(INDArray features) {
        replace(features, transformed(checked(features)));
    }

    /** As {@link #transform(INDArray)}; the mask is not used. */
    @Override
    public final void transform(INDArray features, INDArray mask) {
        transform(features);
    }

    /** Normalises the features of a data set. Modified in place. */
    @Override
    public final void transform(DataSet data) {
        transform(data.getFeatures());
    }

    /** As {@link #transform(DataSet)}. */
    @Override
    public final void preProcess(DataSet data) {
        transform(data);
    }

    /** Undoes {@link #transform(INDArray)}, where that can be. Modified in place. */
    @Override
    public final void revertFeatures(INDArray features) {
        replace(features, reverted(checked(features)));
    }

    /** As {@link #revertFeatures(INDArray)}; the mask is not used. */
    @Override
    public final void revertFeatures(INDArray features, INDArray mask) {
        revertFeatures(features);
    }

    /** Undoes {@link #transform(DataSet)}, where that can be. Modified in place. */
    @Override
    public final void revert(DataSet data) {
        revertFeatures(data.getFeatures());
    }

    /** Does nothing: labels are not normalised. */
    @Override
    public final void transformLabel(INDArray labels) {}

    /** Does nothing: labels are not normalised. */
    @Override
    public final void transformLabel(INDArray labels, INDArray mask) {}

    /** Does nothing: labels are not normalised. */
    @Override
    public final void revertLabels(INDArray labels) {}

    /** Does nothing: labels are not normalised. */
    @Override
    public final void revertLabels(INDArray labels, INDArray mask) {}

    /**
     * Refuses to normalise labels.
     *
     * @throws UnsupportedOperationException if asked to
     */
    @Override
    public final void fitLabel(boolean fitLabels) {
        if (fitLabels) {
            throw new UnsupportedOperationException(getClass().getSimpleName() + " normalises features only");
        }
    }

    /** False. */
    @Override
    public final boolean isFitLabel() {
        return false;
    }

    @Override
    public final NormalizerType getType() {
        return NormalizerType.CUSTOM;
    }
}
