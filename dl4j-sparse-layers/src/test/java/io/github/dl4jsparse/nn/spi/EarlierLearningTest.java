package io.github.dl4jsparse.nn.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.energy.LateralInhibitionPenalty;
import io.github.dl4jsparse.energy.LearnedInhibition;
import io.github.dl4jsparse.energy.Penalty;
import io.github.dl4jsparse.group.InhibitionMatrix;
import io.github.dl4jsparse.nn.coding.SparseCodingLayer;
import java.io.IOException;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.junit.jupiter.api.Test;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import org.nd4j.shade.jackson.databind.node.ObjectNode;

/** Configurations of earlier versions, in which the layer, not its penalty, stored that inhibition is learned. */
class EarlierLearningTest {
    private static final ObjectMapper JSON = NeuralNetConfiguration.mapper();
    private static final LearnedInhibition HOW =
            LearnedInhibition.ascent(1, 0.5).keepingZeros();
    private static final LateralInhibitionPenalty FIXED =
            new LateralInhibitionPenalty(0.3, InhibitionMatrix.uniform(4, 0.2), new L1Penalty(0.1));

    private static SparseCodingLayer layer(Penalty penalty) {
        return new SparseCodingLayer.Builder().nIn(3).nOut(4).penalty(penalty).build();
    }

    /** The fields of an object, with two in front or at the end. */
    private static String earlier(Penalty penalty, LearnedInhibition how, boolean penaltyFirst) throws IOException {
        ObjectNode layer = (ObjectNode) JSON.readTree(JSON.writeValueAsString(layer(penalty)));
        assertFalse(layer.has("learnedInhibition"));
        if (!penaltyFirst) {
            layer.remove("penalty");
        }
        layer.set("learnedInhibition", JSON.valueToTree(how));
        layer.set("penalty", JSON.readTree(JSON.writeValueAsString(penalty)));
        return layer.toString();
    }

    @Test
    void aPenaltyThatWasLearnedIsAgain() throws IOException {
        for (boolean penaltyFirst : new boolean[] {false, true}) {
            String json = earlier(FIXED, HOW, penaltyFirst);
            assertEquals(layer(FIXED.learned(HOW)), JSON.readValue(json, Layer.class), json);
        }
    }

    @Test
    void oneThatWasFixedStaysSo() throws IOException {
        for (boolean penaltyFirst : new boolean[] {false, true}) {
            assertEquals(layer(FIXED), JSON.readValue(earlier(FIXED, null, penaltyFirst), Layer.class));
            Penalty l1 = new L1Penalty(0.3);
            assertEquals(layer(l1), JSON.readValue(earlier(l1, null, penaltyFirst), Layer.class));
        }
    }
}
