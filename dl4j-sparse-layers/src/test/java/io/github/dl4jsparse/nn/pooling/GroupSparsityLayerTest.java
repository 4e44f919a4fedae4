package io.github.dl4jsparse.nn.pooling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.dl4jsparse.group.Groups;
import io.github.dl4jsparse.testkit.Samples;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;

class GroupSparsityLayerTest extends GroupPoolingContract {
    @Override
    GroupPoolingConf.Builder<?> builder(Groups groups) {
        return (groups == null ? new GroupSparsityLayer.Builder() : new GroupSparsityLayer.Builder(groups))
                .penaltyWeight(0);
    }

    @ParameterizedTest
    @MethodSource("places")
    void passesTheCodeOn(Place place) {
        MultiLayerNetwork net = stack(place, settings(), layer(place, LAMBDA, 1e-3));
        var activations = net.feedForward(place.input(2, 2), false);
        INDArray code = activations.get(1);
        assertEquals(0, Samples.distance(code, activations.get(2)));
    }

    /** It would do nothing; 0, to compare with, has to be said. */
    @Test
    void noPenaltyIsRefused() {
        assertEquals(
                "penaltyWeight must be set, as the layer does nothing else; try 1e-3, and more where too many groups stay active,"
                        + " got none (layer \"pools\", GroupSparsityLayer)",
                assertThrows(DL4JInvalidConfigException.class, () -> new GroupSparsityLayer.Builder(GROUPS)
                                .name("pools")
                                .build())
                        .getMessage());
    }

    @Test
    void outputTypeIsThatOfTheInput() {
        InputType images = InputType.convolutional(5, 4, MAPS, Place.NHWC.format());
        assertEquals(images, layer(Place.NHWC, 0, 0).getOutputType(0, images));
    }
}
