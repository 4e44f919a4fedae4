package io.github.dl4jsparse.examples.features;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class FeaturesMeasurementTest {
    @Test
    void meansAndDeviationsAreOverDraws() {
        FeaturesMeasurement ours = new FeaturesMeasurement("ours", List.of(0.8, 0.9, 0.85));
        FeaturesMeasurement other = new FeaturesMeasurement("other", List.of(0.75, 0.85, 0.83));
        assertEquals(0.85, ours.mean(), 1e-12);
        assertEquals(0.05, ours.deviation(), 1e-12);
        assertEquals("85.0 ± 5.0", ours.text());
        assertEquals("+4.0 ± 1.7", ours.against(other), "draw by draw");
        assertEquals(0, new FeaturesMeasurement("one", List.of(0.8)).deviation());
    }
}
