package io.github.dl4jsparse.examples.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.dl4jsparse.examples.compare.PrincipalComponents.Projection;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class PrincipalComponentsTest {
    private static final int COUNT = 500;
    private static final double[] SCALES = {1, 4, 2, 0.5};

    /** Columns of different variance, mixed by a rotation. */
    private static INDArray images() {
        Nd4j.getRandom().setSeed(7);
        INDArray independent =
                Nd4j.randn(COUNT, 4).muliRowVector(Nd4j.createFromArray(SCALES).castTo(Nd4j.dataType()));
        INDArray rotation = Nd4j.createFromArray(new float[][] {
            {.5f, .5f, .5f, .5f}, {.5f, -.5f, .5f, -.5f}, {.5f, .5f, -.5f, -.5f}, {.5f, -.5f, -.5f, .5f}
        });
        return independent.mmul(rotation).addi(3);
    }

    @Test
    void componentsAreUncorrelatedWithFallingVarianceAndWhiteningMakesItOne() {
        INDArray images = images();
        Setting setting = new PrincipalComponents().grid().draw(1, 1).get(0);
        Projection pca = new PrincipalComponents().pretrain(setting, new Unlabelled(images, 2, 2), 1);
        INDArray projected = pca.of(images, 3, 0);
        INDArray covariance = projected.transpose().mmul(projected).divi(COUNT);
        for (int i = 0; i < 3; i++) {
            assertEquals(0, projected.getColumn(i).meanNumber().doubleValue(), 1e-4);
            for (int j = 0; j < 3; j++) {
                double expected = i == j ? pca.deviations()[i] * pca.deviations()[i] : 0;
                assertEquals(expected, covariance.getDouble(i, j), 2e-3);
            }
        }
        // the standard error of a deviation of 500 examples is 3 %
        assertEquals(4, pca.deviations()[0], 0.5);
        assertEquals(2, pca.deviations()[1], 0.3);
        assertEquals(1, pca.deviations()[2], 0.15);
        assertEquals(0.5, pca.deviations()[3], 0.1);
        INDArray white = pca.of(images, 4, 1);
        INDArray identity = white.transpose().mmul(white).divi(COUNT);
        assertEquals(0, identity.sub(Nd4j.eye(4)).norm2Number().doubleValue(), 1e-3);
    }
}
