package io.github.dl4jsparse.nn.common;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.github.dl4jsparse.check.Args;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.junit.jupiter.api.Test;

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
}
