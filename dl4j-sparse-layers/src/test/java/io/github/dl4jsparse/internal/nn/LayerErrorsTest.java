package io.github.dl4jsparse.internal.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.github.dl4jsparse.internal.check.Args;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;

class LayerErrorsTest {
    @Test
    void valueOfABuilderIsRefusedWithItsCause() {
        IllegalArgumentException cause = Args.failure("threshold", "finite", Double.NaN);
        DL4JInvalidConfigException e = LayerErrors.refused(cause, "code", DenseLayer.class);
        assertEquals("threshold must be finite, got NaN (layer \"code\", DenseLayer)", e.getMessage());
        assertSame(cause, e.getCause());
    }

    @Test
    void layerIsNamedWithItsIndexWhereThatIsKnown() {
        DenseLayer layer = new DenseLayer.Builder().name("code").build();
        assertEquals(
                "no (layer \"code\", DenseLayer)",
                LayerErrors.refused("no", layer).getMessage());
        assertEquals(
                "no (layer \"code\", index 3, DenseLayer)",
                LayerErrors.refused("no", layer, 3).getMessage());
    }

    @Test
    void layerWithoutANameHasAnEmptyOne() {
        DenseLayer layer = new DenseLayer.Builder().build();
        assertEquals("no (DenseLayer)", LayerErrors.refused("no", layer).getMessage());
    }

    @Test
    void dataThatDoNotFitAreToldWithTheirShape() {
        assertEquals(
                "units must be 3; input [2, 4], set the network's input type to fit the data (here)",
                LayerErrors.misfit("units must be 3", Nd4j.zeros(2, 4), "(here)")
                        .getMessage());
        assertEquals(
                "units must be 3; input [3], for one example give input.reshape(1, 3), otherwise set the network's input type "
                        + "to fit the data (here)",
                LayerErrors.misfit("units must be 3", Nd4j.zeros(3), "(here)").getMessage());
    }
}
