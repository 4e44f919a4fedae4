package io.github.dl4jsparse.serve;

import io.github.dl4jsparse.energy.GroupL2Penalty;
import io.github.dl4jsparse.group.Groups;
import io.github.dl4jsparse.nn.lista.ListaLayer;
import io.github.dl4jsparse.nn.pooling.GroupL2PoolingLayer;
import io.github.dl4jsparse.shrinkage.GroupShrinkage;
import java.io.IOException;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Groups of few units as a matrix, and of many, where the matrix would be large, by gathering. */
class OnnxGroupsTest {
    private static void check(InputType rows, Layer layer) throws IOException {
        MultiLayerNetwork net = OnnxExportTest.network(rows, layer);
        OnnxLaw.check(net, batch -> new INDArray[] {OnnxExportTest.input(rows, batch)}, rows);
    }

    /** Pairs of neighbours that overlap, or do not, with the last unit in none. */
    private static Groups pairs(int units, int distance, double... weights) {
        int[][] members = new int[(units - 2) / distance][];
        double[][] each = new double[members.length][];
        for (int g = 0; g < members.length; g++) {
            members[g] = new int[] {g * distance, g * distance + 1};
            each[g] = weights;
        }
        return Groups.of(units, members, each);
    }

    @ParameterizedTest
    @ValueSource(ints = {9, 1501})
    void pools(int units) throws IOException {
        check(InputType.feedForward(units), new GroupL2PoolingLayer.Builder(pairs(units, 1, 1, 1)).build());
        check(InputType.feedForward(units), new GroupL2PoolingLayer.Builder(pairs(units, 1, 0.5, 2)).build());
    }

    @ParameterizedTest
    @ValueSource(ints = {9, 1501})
    void shrinkageByNorms(int units) throws IOException {
        Groups groups = pairs(units, 2, 1, 1);
        check(
                InputType.feedForward(5),
                new ListaLayer.Builder()
                        .nOut(units)
                        .iterations(2)
                        .shrinkage(new GroupShrinkage(groups))
                        .penalty(new GroupL2Penalty(0.7, groups))
                        .build());
    }
}
