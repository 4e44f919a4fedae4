package io.github.dl4jsparse.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.group.Groups;
import io.github.dl4jsparse.group.InhibitionMatrix;
import io.github.dl4jsparse.nn.coding.SparseCodingLayer;
import io.github.dl4jsparse.nn.inhibition.LateralInhibitionLayer;
import io.github.dl4jsparse.nn.lista.ConvolutionalListaLayer;
import io.github.dl4jsparse.nn.lista.ListaLayer;
import io.github.dl4jsparse.nn.lista.LocallyConnectedListaLayer;
import io.github.dl4jsparse.nn.normalization.L2NormalizeLayer;
import io.github.dl4jsparse.nn.normalization.LocalContrastLayer;
import io.github.dl4jsparse.nn.pooling.GroupL2PoolingLayer;
import io.github.dl4jsparse.nn.pooling.GroupSparsityLayer;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code getOutputType} does not change a layer; only {@code setNIn} sets sizes. */
class OutputTypeTest {
    private static final L1Penalty PENALTY = new L1Penalty(0.1);
    private static final List<InputType> TYPES = List.of(
            InputType.convolutional(6, 5, 2),
            InputType.convolutional(9, 8, 2),
            InputType.convolutional(9, 7, 2, CNN2DFormat.NHWC),
            InputType.convolutional(6, 5, 4),
            InputType.convolutionalFlat(6, 5, 2),
            InputType.feedForward(2),
            InputType.feedForward(7),
            InputType.recurrent(2, 3, RNNFormat.NWC),
            InputType.recurrent(4));

    static Stream<Layer> layers() {
        return Stream.of(
                new ListaLayer.Builder().nOut(4).penalty(PENALTY).build(),
                new ListaLayer.Builder().nIn(2).nOut(4).penalty(PENALTY).build(),
                new SparseCodingLayer.Builder().nOut(4).penalty(PENALTY).build(),
                new ConvolutionalListaLayer.Builder(3, 3)
                        .nOut(4)
                        .penalty(PENALTY)
                        .build(),
                new ConvolutionalListaLayer.Builder(3, 3)
                        .nIn(2)
                        .nOut(4)
                        .penalty(PENALTY)
                        .build(),
                new LocallyConnectedListaLayer.Builder(3)
                        .nOut(4)
                        .penalty(PENALTY)
                        .build(),
                new LocallyConnectedListaLayer.Builder(3)
                        .nIn(2)
                        .nOut(4)
                        .penalty(PENALTY)
                        .build(),
                new GroupL2PoolingLayer.Builder(Groups.blocks(2, 2)).build(),
                new GroupSparsityLayer.Builder(Groups.blocks(2, 2))
                        .penaltyWeight(0.1)
                        .build(),
                new LateralInhibitionLayer.Builder(InhibitionMatrix.uniform(2, 0.1))
                        .penaltyWeight(0.1)
                        .build(),
                new L2NormalizeLayer.Builder().build(),
                new LocalContrastLayer.Builder().window(3).build());
    }

    private static InputType answer(Layer layer, InputType type) {
        try {
            return layer.getOutputType(1, type);
        } catch (DL4JInvalidConfigException | IllegalStateException e) {
            return null;
        }
    }

    private static int unchangedByQuestions(Layer layer) {
        Layer before = layer.clone();
        int answers = 0;
        for (InputType type : TYPES) {
            InputType first = answer(layer, type);
            assertEquals(before, layer, "after " + type);
            assertEquals(first, answer(layer, type), "another answer for " + type);
            answers += first == null ? 0 : 1;
        }
        return answers;
    }

    @ParameterizedTest
    @MethodSource("layers")
    void questionForAnOutputTypeChangesNothing(Layer layer) {
        int answers = unchangedByQuestions(layer);
        for (InputType type : TYPES) {
            Layer sized = layer.clone();
            try {
                sized.setNIn(type, true);
            } catch (DL4JInvalidConfigException | IllegalStateException e) {
                continue;
            }
            answers += unchangedByQuestions(sized);
        }
        assertTrue(answers > 0, "no input type fits " + layer);
    }

    /** A map of local filters has the size of the images that it is asked for, whether it has one of its own or not. */
    @ParameterizedTest
    @MethodSource("layers")
    void answerDoesNotDependOnTheQuestionBefore(Layer layer) {
        for (InputType type : TYPES) {
            Layer fresh = layer.clone();
            Layer asked = layer.clone();
            TYPES.forEach(other -> answer(asked, other));
            assertEquals(answer(fresh, type), answer(asked, type));
        }
    }
}
