package io.github.dl4jsparse.nn.pooling;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.dl4jsparse.group.Groups;
import io.github.dl4jsparse.testkit.Samples;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;

class GroupL2PoolingLayerTest extends GroupPoolingContract {
    @Override
    GroupPoolingConf.Builder<?> builder(Groups groups) {
        return groups == null ? new GroupL2PoolingLayer.Builder() : new GroupL2PoolingLayer.Builder(groups);
    }

    private static INDArray pools(MultiLayerNetwork net, INDArray code) {
        return net.getLayer(1).activate(code, false, LayerWorkspaceMgr.noWorkspaces());
    }

    @ParameterizedTest
    @MethodSource("places")
    void poolsAsTheFormulaSays(Place place) {
        MultiLayerNetwork net = stack(place, settings(), layer(place, 0, 1e-3));
        INDArray code = code(net, place.input(2, 2));
        INDArray expected = expected(place, code, 1e-3);
        INDArray actual = place.maps(net.feedForward(place.input(2, 2), false).get(2));
        assertEquals(0, Samples.distance(expected, actual), 1e-12);
        // a view in another memory order is the same code
        INDArray view = code.dup('f');
        assertEquals(0, Samples.distance(expected, place.maps(pools(net, view))), 1e-12);
    }

    @ParameterizedTest
    @MethodSource("places")
    void aScaledCodeHasScaledPools(Place place) {
        MultiLayerNetwork net = stack(place, settings(), layer(place, 0, 0));
        INDArray code = code(net, place.input(2, 2));
        assertEquals(0, Samples.distance(pools(net, code).mul(2.5), pools(net, code.mul(-2.5))), 1e-12);
    }

    @Test
    void withoutGroupsAndWindowItIsTheAbsoluteValue() {
        MultiLayerNetwork net =
                stack(Place.NCHW, settings(), builder(null).epsilon(0).build());
        INDArray code = code(net, Place.NCHW.input(2, 2));
        assertEquals(0, Samples.distance(org.nd4j.linalg.ops.transforms.Transforms.abs(code), pools(net, code)), 1e-15);
    }

    @Test
    void outputTypeIsThatOfTheOutput() {
        GroupPoolingConf layer = layer(Place.NHWC, 0, 0);
        assertEquals(
                InputType.convolutional(2, 3, 2, Place.NHWC.format()),
                layer.getOutputType(0, InputType.convolutional(5, 4, MAPS, Place.NHWC.format())));
        assertEquals(InputType.feedForward(2), layer(Place.DENSE, 0, 0).getOutputType(0, InputType.feedForward(MAPS)));
    }
}
