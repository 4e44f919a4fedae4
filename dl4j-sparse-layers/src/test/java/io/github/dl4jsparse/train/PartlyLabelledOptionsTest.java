package io.github.dl4jsparse.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.testkit.Samples;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.dataset.DataSet;

class PartlyLabelledOptionsTest {
    private static PartlyLabelledIterator.Builder data(int labelled) {
        return PartlyLabelledIterator.builder()
                .labelled(Samples.gaussian(1, labelled, 4), Samples.oneHot(labelled, 2))
                .unlabelled(Samples.gaussian(2, 100, 4));
    }

    /** Labelled and all examples of every batch of an epoch. */
    private static List<String> sizes(PartlyLabelledIterator data) {
        List<String> sizes = new ArrayList<>();
        while (data.hasNext()) {
            DataSet batch = data.next();
            sizes.add(batch.getLabelsMaskArray().sumNumber().intValue() + "/" + batch.numExamples());
        }
        return sizes;
    }

    @Test
    void aQuarterIsLabelledByDefaultInTheLastBatchToo() {
        assertEquals(List.of("16/64", "16/64", "1/5"), sizes(data(50).build()));
    }

    @Test
    void shareOrNumberAndBatchAreChosen() {
        assertEquals(
                List.of("20/40", "20/40", "20/40", "20/40", "20/40"),
                sizes(data(50).batch(40).labelledShare(0.5).build()));
        assertEquals(
                List.of("10/60", "10/60"),
                sizes(data(50).batch(60).labelledPerBatch(10).build()));
        // the latter of the two counts
        assertEquals(
                List.of("6/56", "6/56"),
                sizes(data(50).batch(56).labelledShare(0.5).labelledPerBatch(6).build()));
    }

    @Test
    void noMoreAreLabelledThanThereAre() {
        assertEquals(
                List.of("3/53", "3/53"),
                sizes(data(3).batch(53).labelledShare(0.5).build()));
    }

    @Test
    void badOptionsAreRefused() {
        refused("labelledShare must be above 0 and below 1, got 0.0", () -> data(5).labelledShare(0));
        refused("labelledShare must be above 0 and below 1, got 1.0", () -> data(5).labelledShare(1));
        refused("labelledShare must be above 0 and below 1, got NaN", () -> data(5).labelledShare(Double.NaN));
        refused("batch must be at least 2, got 1", () -> data(5).batch(1));
        refused("labelledPerBatch must be at least 1, got 0", () -> data(5).labelledPerBatch(0));
        refused("batch must be left out where the unlabelled data are batches already, got 8", () -> data(5).batch(8)
                .unlabelled(UnlabelledIterator.of(Samples.gaussian(1, 9, 4), 3, 0))
                .build());
    }

    private static void refused(String message, org.junit.jupiter.api.function.Executable call) {
        String said = assertThrows(IllegalArgumentException.class, call).getMessage();
        assertTrue(said.equals(message), said);
    }
}
