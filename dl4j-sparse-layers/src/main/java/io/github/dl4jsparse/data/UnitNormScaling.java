package io.github.dl4jsparse.data;

import io.github.dl4jsparse.internal.math.UnitVectors;
import java.io.DataOutputStream;
import lombok.EqualsAndHashCode;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Scales each example to Euclidean norm 1; an example of zeros is not changed.
 * <p>\[ y = x / \lVert x \rVert_2 \]
 * where x are all values of an example. There is no inverse: {@code revert} throws UnsupportedOperationException.
 * <p>Shapes: features {@code [batch, ...]}, modified in place.
 */
@EqualsAndHashCode(callSuper = false)
public final class UnitNormScaling extends FeatureNormalizer {
    private static final long serialVersionUID = 1L;

    @Override
    INDArray transformed(INDArray values) {
        return UnitVectors.rows(rows(values).dup('c'));
    }

    @Override
    void write(DataOutputStream out) {
        // it has no parameters
    }
}
