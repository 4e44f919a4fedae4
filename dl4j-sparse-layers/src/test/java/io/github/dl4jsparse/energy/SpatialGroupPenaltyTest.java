package io.github.dl4jsparse.energy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.dl4jsparse.group.Groups;
import io.github.dl4jsparse.group.SpatialWindow;
import io.github.dl4jsparse.group.Window;
import io.github.dl4jsparse.testkit.PenaltyContract;
import io.github.dl4jsparse.testkit.Samples;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class SpatialGroupPenaltyTest extends PenaltyContract {
    private static final Groups MAPS = Groups.ring(4, Window.of(2).gaussian(1));

    private static SpatialGroupPenalty penalty(double weight, SpatialWindow window) {
        return new SpatialGroupPenalty(weight, 3, 4, MAPS, window, 1e-4);
    }

    @Override
    protected SpatialGroupPenalty penalty() {
        return penalty(0.7, SpatialWindow.square(2, 1));
    }

    @Override
    protected Penalty otherPenalty() {
        return penalty(0.7, SpatialWindow.square(2, 2));
    }

    @Override
    protected Penalty zeroPenalty() {
        return penalty(0, SpatialWindow.square(2, 1));
    }

    @Override
    protected int units() {
        return 48;
    }

    /** Three of the four maps, at each of the twelve positions. */
    @Override
    protected int[] kept() {
        return IntStream.range(0, units()).filter(unit -> unit % 4 != 1).toArray();
    }

    @Test
    void partsOfMapsAreRefused() {
        String message = assertThrows(
                        IllegalArgumentException.class, () -> penalty().restrictedTo(new int[] {0, 4}))
                .getMessage();
        assertEquals("kept must be whole maps, each at every position, got [0, 4]", message);
    }

    /** The same groups as lists, position by position: the product of those of space with those of the maps. */
    @Test
    void isThePenaltyOfTheProductOfGroups() {
        for (int stride = 1; stride <= 2; stride++) {
            Groups space = Groups.grid(3, 4, Window.of(2).stride(stride));
            Penalty lists = new SmoothedGroupPenalty(0.7, Groups.product(space, MAPS), 1e-4);
            Penalty penalty = penalty(0.7, SpatialWindow.square(2, stride));
            INDArray codes = codes(3);
            assertEquals(0, Samples.distance(lists.values(codes), penalty.values(codes)), 1e-12);
            INDArray expected = Nd4j.zeros(DataType.DOUBLE, codes.shape());
            INDArray gradient = expected.dup();
            lists.addGradient(codes, 0.3, expected);
            penalty.addGradient(codes, 0.3, gradient);
            assertEquals(0, Samples.distance(expected, gradient), 1e-12);
        }
    }

    @Test
    void quadraticLiesAboveThePenaltyAndTouchesIt() {
        for (long seed = 1; seed <= 50; seed++) {
            INDArray code = codes(seed).muli(Math.pow(10, seed % 5 - 3));
            INDArray other = codes(seed + 1000).muli(Math.pow(10, seed % 7 - 4));
            INDArray q = penalty().curvature(code);
            INDArray squares = other.mul(other).subi(code.mul(code));
            double bound = penalty().value(code) + Samples.dot(q, squares) / 2;
            double value = penalty().value(other);
            assertEquals(value, Math.min(value, bound), 1e-9 * Math.max(1, value));
        }
    }

    @Test
    void windowsThatAreLargerThanTheMapsAreRefused() {
        assertEquals(
                "window height must be at most the height 3 of the maps, got 4",
                assertThrows(IllegalArgumentException.class, () -> penalty(1, SpatialWindow.square(4, 1)))
                        .getMessage());
    }
}
