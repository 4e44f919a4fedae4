package io.github.dl4jsparse.energy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.dl4jsparse.group.Groups;
import io.github.dl4jsparse.group.SpatialWindow;
import io.github.dl4jsparse.group.Tree;
import io.github.dl4jsparse.group.Window;
import io.github.dl4jsparse.testkit.Samples;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class GroupedTest {
    private static final Groups PAIRS = Groups.of(5, new int[][] {{0, 3}, {1, 4}});
    private static final Groups RING = Groups.ring(5, Window.of(3).gaussian(1));
    private static final Tree TREE = Tree.ofParents(new int[] {-1, 0, 0, 1, 1});

    static Stream<Penalty> penalties() {
        return Stream.of(
                new GroupL2Penalty(0.1, PAIRS),
                new SparseGroupPenalty(0.1, 0.1, PAIRS),
                new OverlappingGroupPenalty(0.1, RING),
                new SmoothedGroupPenalty(0.1, RING, 1e-5),
                new TreePenalty(0.1, TREE),
                new SparseTreePenalty(new L1Penalty(0.1), new TreePenalty(0.1, TREE)),
                new SumPenalty(List.of(new L1Penalty(0.1), new SmoothedGroupPenalty(0.1, RING, 1e-5))));
    }

    private static INDArray codes(long seed, long... shape) {
        INDArray codes = Samples.gaussian(seed, shape);
        return codes.mul(codes.gt(0.7).castTo(codes.dataType()));
    }

    @ParameterizedTest
    @MethodSource("penalties")
    void agreesWithAnyOverTheMembers(Penalty penalty) {
        double[][] codes = Samples.rows(codes(3, 20, 5));
        Penalty grouped = penalty instanceof SumPenalty sum ? sum.terms().get(1) : penalty;
        Groups groups = ((Grouped) grouped).groups();
        int expected = 0;
        for (double[] code : codes) {
            for (int g = 0; g < groups.count(); g++) {
                boolean active = false;
                for (int member : groups.members(g)) {
                    active |= code[member] != 0;
                }
                expected += active ? 1 : 0;
            }
        }
        assertEquals(expected, penalty.activeGroups(Nd4j.create(codes)));
    }

    @Test
    void countsWindowsOfSpaceWhereOneMapOfTheGroupIsActive() {
        Groups maps = Groups.of(3, new int[][] {{0, 1}, {2}});
        SpatialWindow window = SpatialWindow.square(2, 1);
        Penalty penalty = new SpatialGroupPenalty(0.1, 4, 5, maps, window, 1e-5);
        INDArray code = codes(4, 2, 4 * 5 * 3);
        int expected = 0;
        for (int n = 0; n < 2; n++) {
            for (int y = 0; y < 3; y++) {
                for (int x = 0; x < 4; x++) {
                    for (int g = 0; g < 2; g++) {
                        boolean active = false;
                        for (int member : maps.members(g)) {
                            for (int place = 0; place < 4; place++) {
                                int unit = ((y + place / 2) * 5 + x + place % 2) * 3 + member;
                                active |= code.getDouble(n, unit) != 0;
                            }
                        }
                        expected += active ? 1 : 0;
                    }
                }
            }
        }
        assertEquals(expected, penalty.activeGroups(code));
    }

    @Test
    void countsUnitsTooSmallToSquare() {
        INDArray code = Nd4j.zeros(1, 5);
        code.putScalar(0, 3, 1e-30f);
        assertEquals(1, new GroupL2Penalty(0.1, PAIRS).activeGroups(code));
    }

    @Test
    void saysNothingWithoutGroups() {
        assertEquals(Double.NaN, new L1Penalty(0.1).activeGroups(codes(5, 2, 5)));
        assertEquals(
                Double.NaN,
                new SumPenalty(List.of(new L1Penalty(0.1), new L1Penalty(0.2))).activeGroups(codes(5, 2, 5)));
    }
}
