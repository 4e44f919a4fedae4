package io.github.dl4jsparse.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.testkit.Samples;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.dataset.api.preprocessor.DataNormalization;
import org.nd4j.linalg.dataset.api.preprocessor.serializer.NormalizerSerializer;
import org.nd4j.linalg.factory.Nd4j;

class ZcaWhiteningTest extends NormalizerContract {
    // ND4J divides and merges only data with labels
    private static final DataSet DATA = unlabelled(correlated(200, VALUES));

    private static DataSet unlabelled(INDArray features) {
        return new DataSet(features, features);
    }

    private static INDArray correlated(int examples, int values) {
        return Samples.gaussian(1, examples, values)
                .mmul(Samples.gaussian(2, values, values))
                .addi(100);
    }

    private static ZcaWhitening fitted(double epsilon) {
        ZcaWhitening whitening = new ZcaWhitening(epsilon);
        whitening.fit(DATA);
        return whitening;
    }

    @Override
    DataNormalization normalizer() {
        return fitted(0.05);
    }

    @Override
    DataNormalization other() {
        return fitted(0.06);
    }

    private static String failure(ZcaWhitening whitening, INDArray features) {
        return assertThrows(IllegalArgumentException.class, () -> whitening.fit(new DataSet(features, null)))
                .getMessage();
    }

    @Test
    void theCovarianceBecomesTheIdentity() {
        INDArray y = DATA.getFeatures().dup();
        fitted(0).transform(y);
        assertEquals(0, y.mean(0).amaxNumber().doubleValue(), 1e-10);
        INDArray covariance = Nd4j.gemm(y, y, true, false).div(y.rows());
        assertEquals(0, Samples.distance(Nd4j.eye(VALUES), covariance), 1e-10);
    }

    @Test
    void theMatrixIsSymmetricAndPositive() {
        INDArray matrix = fitted(0.01).matrix();
        assertEquals(0, Samples.distance(matrix, matrix.transpose()), 1e-12);
        for (int i = 0; i < 20; i++) {
            INDArray x = Samples.gaussian(i, 1, VALUES);
            assertTrue(Samples.dot(x, x.mmul(matrix)) > 0);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.05})
    void revertIsTheInverse(double epsilon) {
        INDArray x = correlated(7, VALUES);
        DataSet data = new DataSet(x.dup(), null);
        ZcaWhitening whitening = fitted(epsilon);
        whitening.transform(data);
        assertNotEquals(0, Samples.distance(x, data.getFeatures()));
        whitening.revert(data);
        assertEquals(0, Samples.distance(x, data.getFeatures()), 1e-9);
        INDArray images = images();
        whitening.transform(images);
        whitening.revertFeatures(images, null);
        assertEquals(0, Samples.distance(images(), images), 1e-9);
    }

    @Test
    void equalsNumPy() {
        INDArray x = Oracle.read("zca-input");
        ZcaWhitening whitening = new ZcaWhitening(0.05);
        whitening.fit(new DataSet(x, null));
        assertEquals(0, Samples.distance(x.mean(true, 0), whitening.mean()), 1e-12);
        whitening.transform(x);
        assertEquals(0, Samples.distance(Oracle.read("zca-output"), x), 1e-11);
    }

    /** Batches of 64, 64, 64 and 8. */
    @Test
    void anIteratorFitsLikeTheWholeSet() {
        DataSetIterator batches = new ListDataSetIterator<>(DATA.asList(), 64);
        batches.next();
        ZcaWhitening whitening = new ZcaWhitening(0.01);
        whitening.fit(batches);
        assertTrue(batches.hasNext(), "reset for whoever comes next");
        assertEquals(0, Samples.distance(fitted(0.01).matrix(), whitening.matrix()), 1e-10);
        assertEquals(0, Samples.distance(fitted(0.01).mean(), whitening.mean()), 1e-10);
    }

    @Test
    void aLargeMeanCostsNoPrecision() {
        INDArray far = DATA.getFeatures().add(1e6);
        ZcaWhitening whitening = new ZcaWhitening(0);
        whitening.fit(new ListDataSetIterator<>(unlabelled(far).asList(), 64));
        INDArray expected = fitted(0).matrix();
        double tolerance = 1e-6 * expected.amaxNumber().doubleValue();
        assertEquals(0, Samples.distance(expected, whitening.matrix()), tolerance);
    }

    @Test
    void theScaleOfTheDataDoesNotMatter() {
        ZcaWhitening whitening = new ZcaWhitening(0.05);
        whitening.fit(new DataSet(DATA.getFeatures().mul(1e-3), null));
        assertEquals(
                0, Samples.distance(fitted(0.05).matrix(), whitening.matrix().mul(1e-3)), 1e-10);
    }

    @Test
    void patchesWithoutTheirMeanNeedEpsilon() {
        INDArray x = Samples.gaussian(3, 100, 12);
        x.subiColumnVector(x.mean(1));
        assertTrue(failure(new ZcaWhitening(0), x)
                .startsWith("epsilon must be > 0 (0.01, say) for features of a singular"));
        ZcaWhitening whitening = new ZcaWhitening(0.01);
        whitening.fit(new DataSet(x, null));
        INDArray y = x.dup();
        whitening.transform(y);
        whitening.revertFeatures(y);
        assertEquals(0, Samples.distance(x, y), 1e-12);
    }

    @Test
    void refusesWhatCannotBeFitted() {
        ZcaWhitening whitening = new ZcaWhitening(0.1);
        assertEquals("examples must be at least 2 to fit, got 1", failure(whitening, Samples.gaussian(1, 1, 4)));
        assertEquals(
                "variance of the features must be finite and > 0, got 0.0",
                failure(whitening, Nd4j.ones(DataType.DOUBLE, 5, 4)));
        INDArray holed = Samples.gaussian(1, 5, 4);
        holed.putScalar(3, 2, Double.NaN);
        assertEquals("features must be finite, got NaN or infinity in examples 0 to 4", failure(whitening, holed));
        DataSetIterator uneven = new ListDataSetIterator<>(
                List.of(unlabelled(Samples.gaussian(1, 1, 4)), unlabelled(Samples.gaussian(1, 1, 5))), 1);
        assertEquals(
                "features must be a matrix [any, 4], got [1, 5]",
                assertThrows(IllegalArgumentException.class, () -> whitening.fit(uneven))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> new ZcaWhitening(Double.NaN));
    }

    @Test
    void refusesUseBeforeFitAndAnotherWidth() throws Exception {
        ZcaWhitening whitening = new ZcaWhitening(0.1);
        assertEquals(
                "ZcaWhitening must be fitted before use: call fit",
                assertThrows(IllegalStateException.class, () -> whitening.transform(images()))
                        .getMessage());
        assertEquals(
                "features must be a matrix [any, 30], got [2, 31]",
                assertThrows(IllegalArgumentException.class, () -> fitted(0)
                                .transform(Samples.gaussian(1, 2, VALUES + 1)))
                        .getMessage());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        NormalizerSerializer.getDefault().write(whitening, bytes);
        assertEquals(
                whitening, NormalizerSerializer.getDefault().restore(new ByteArrayInputStream(bytes.toByteArray())));
    }
}
