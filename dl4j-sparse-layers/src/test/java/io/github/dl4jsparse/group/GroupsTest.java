package io.github.dl4jsparse.group;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class GroupsTest {
    /** One of every kind. */
    static Stream<Groups> kinds() {
        Groups torus = Groups.torus(4, 6, Window.of(3).stride(2).gaussian(1.5));
        return Stream.of(
                Groups.blocks(6, 1),
                Groups.blocks(12, 4),
                Groups.of(5, new int[][] {{4, 0}, {1, 4, 2}}),
                Groups.of(5, new int[][] {{4, 0}, {1, 4, 2}}, new double[][] {{0.1, 2}, {1, 1e-3, 7}}),
                Groups.ring(6, Window.of(2).stride(2)),
                Groups.ring(6, Window.of(6).stride(2)),
                torus,
                Groups.grid(5, 7, Window.of(3).stride(2)),
                Groups.product(Groups.blocks(4, 2), torus),
                torus.renumbered(reversed(24)),
                Groups.torus(20, 18, Window.of(5).gaussian(1.5)),
                Groups.torus(20, 18, Window.of(4).stride(2)).renumbered(reversed(360)),
                Tree.branching(3, 2).groups());
    }

    private static int[] reversed(int units) {
        return IntStream.range(0, units).map(i -> units - 1 - i).toArray();
    }

    @Test
    void renumberedUnitsKeepTheirGroups() {
        Groups groups = Groups.of(4, new int[][] {{0, 1}, {1, 3}}, new double[][] {{1, 2}, {3, 4}});
        Groups renumbered = groups.renumbered(new int[] {2, 0, 3, 1});
        assertEquals(Groups.of(4, new int[][] {{2, 0}, {0, 1}}, new double[][] {{1, 2}, {3, 4}}), renumbered);
        assertThrows(IllegalArgumentException.class, () -> groups.renumbered(new int[] {0, 1, 2}));
        assertThrows(IllegalArgumentException.class, () -> groups.renumbered(new int[] {0, 1, 2, 2}));
        assertThrows(IllegalArgumentException.class, () -> groups.renumbered(new int[] {0, 1, 2, 4}));
    }

    /** The members alone would be 2.4 million numbers. */
    @Test
    void jsonOfWindowsOverALargeMapIsShort() throws IOException {
        Groups windows = Groups.torus(60, 60, Window.of(11).gaussian(3)).renumbered(reversed(3600));
        String json = NeuralNetConfiguration.mapper().writeValueAsString(windows);
        assertTrue(json.length() < 40_000, json.length() + " characters");
        assertEquals(windows, NeuralNetConfiguration.mapper().readValue(json, Groups.class));
    }

    /** A dense matrix of the weights, {@code [groups][units]}. */
    static double[][] dense(Groups groups) {
        double[][] dense = new double[groups.count()][groups.units()];
        for (int g = 0; g < groups.count(); g++) {
            for (int i = groups.start(g); i < groups.start(g + 1); i++) {
                dense[g][groups.member(i)] += groups.weight(i);
            }
        }
        return dense;
    }

    private static void assertRefused(String message, Executable making) {
        assertEquals(
                message, assertThrows(IllegalArgumentException.class, making).getMessage());
    }

    @Test
    void blocksAreConsecutive() {
        assertEquals(Groups.of(6, new int[][] {{0, 1}, {2, 3}, {4, 5}}), Groups.blocks(6, 2));
        assertArrayEquals(new int[] {0, 2, 4, 6}, Groups.blocks(6, 2).offsets());
        assertArrayEquals(new int[] {0, 1, 2, 3, 4, 5}, Groups.blocks(6, 2).members());
        assertArrayEquals(new double[] {1, 1, 1, 1, 1, 1}, Groups.blocks(6, 2).weights());
    }

    @Test
    void blocksThatDoNotFitNameTheNearestSizes() {
        assertRefused("size must be a divisor of the 10 units, nearest 2 or 5, got 3", () -> Groups.blocks(10, 3));
        assertRefused("size must be a divisor of the 10 units, nearest 10, got 11", () -> Groups.blocks(10, 11));
        assertRefused("size must be at least 1, got 0", () -> Groups.blocks(10, 0));
        assertRefused("units must be at least 1, got 0", () -> Groups.blocks(0, 1));
    }

    @ParameterizedTest
    @CsvSource({"20, 20, 6, 4, 0", "6, 10, 5, 2, 0", "4, 6, 4, 2, 1.5", "9, 6, 3, 3, 0.7", "3, 5, 3, 1, 2"})
    void unitIsInAWindowOfTheTorusIfItsDistanceFromTheCornerIsLessThanTheSize(
            int height, int width, int size, int stride, double sigma) {
        Window window = Window.of(size).stride(stride);
        Groups groups = Groups.torus(height, width, sigma > 0 ? window.gaussian(sigma) : window);
        double[][] dense = dense(groups);
        assertEquals(height / stride * (width / stride), groups.count());
        for (int g = 0; g < groups.count(); g++) {
            int top = g / (width / stride) * stride;
            int left = g % (width / stride) * stride;
            double scale = size * (double) size / Arrays.stream(dense[g]).sum();
            assertEquals(1, scale, 1e-12);
            double centre = dense[g][(top + size / 2) % height * width + (left + size / 2) % width];
            for (int unit = 0; unit < height * width; unit++) {
                int down = Math.floorMod(unit / width - top, height);
                int right = Math.floorMod(unit % width - left, width);
                boolean inside = down < size && right < size;
                double expected = inside ? bell(down, right, size, sigma) : 0;
                assertEquals(
                        expected / bell(size / 2, size / 2, size, sigma),
                        dense[g][unit] / centre,
                        1e-12,
                        "group " + g + ", unit " + unit);
            }
        }
    }

    private static double bell(int down, int right, int size, double sigma) {
        double y = down - (size - 1) / 2.0;
        double x = right - (size - 1) / 2.0;
        return sigma > 0 ? Math.exp(-(y * y + x * x) / (2 * sigma * sigma)) : 1;
    }

    @Test
    void everyUnitOfATorusIsInTheSameNumberOfWindows() {
        int[] memberships = Groups.torus(20, 20, Window.of(6).stride(2)).memberships();
        assertTrue(Arrays.stream(memberships).allMatch(n -> n == 9));
    }

    @Test
    void ringWrapsAround() {
        Groups expected = Groups.of(6, new int[][] {{0, 1, 2}, {2, 3, 4}, {4, 5, 0}});
        assertEquals(expected, Groups.ring(6, Window.of(3).stride(2)));
    }

    @Test
    void gridKeepsWindowsInside() {
        Groups groups = Groups.grid(3, 5, Window.of(2).stride(2));
        assertEquals(Groups.of(15, new int[][] {{0, 1, 5, 6}, {2, 3, 7, 8}}), groups);
        assertArrayEquals(new int[] {4, 9, 10, 11, 12, 13, 14}, groups.unitsInNoGroup());
    }

    @Test
    void torusThatDoesNotCloseNamesWhatDoes() {
        assertRefused(
                "height must be a multiple of the window's stride 3 (nearest 15 or 18; strides that divide 16: nearest 2 or 4),"
                        + " got 16",
                () -> Groups.torus(16, 18, Window.of(6).stride(3)));
        assertRefused(
                "width must be a multiple of the window's stride 4 (nearest 8; strides that divide 7: nearest 1 or 7), got 7",
                () -> Groups.torus(8, 7, Window.of(5).stride(4)));
        assertRefused(
                "length must be at least the window's size 7, got 6",
                () -> Groups.ring(6, Window.of(7).stride(2)));
        assertRefused("height must be at least the window's size 3, got 2", () -> Groups.grid(2, 9, Window.of(3)));
    }

    @Test
    void productTakesEveryGroupOfMapsWithEveryGroupOfSpace() {
        Groups maps = Groups.of(3, new int[][] {{0, 2}, {1}}, new double[][] {{2, 3}, {5}});
        Groups space = Groups.of(4, new int[][] {{1, 3}, {0}}, new double[][] {{0.5, 1}, {7}});
        Groups expected = Groups.of(12, new int[][] {{1, 3, 9, 11}, {0, 8}, {5, 7}, {4}}, new double[][] {
            {1, 2, 1.5, 3}, {14, 21}, {2.5, 5}, {35}
        });
        assertEquals(expected, Groups.product(maps, space));
    }

    @Test
    void productThatIsTooLargeIsRefused() {
        Groups wide = Groups.blocks(1 << 16, 1 << 16);
        assertRefused(
                "units and members of the product must be less than 2^31, got 4294967296",
                () -> Groups.product(wide, wide));
    }

    @Test
    void partitionAndDisjointAreTold() {
        assertTrue(Groups.of(3, new int[][] {{2}, {0, 1}}).isPartition());
        Groups disjoint = Groups.of(3, new int[][] {{2}, {0}});
        assertTrue(disjoint.isDisjoint());
        assertFalse(disjoint.isPartition());
        assertArrayEquals(new int[] {1}, disjoint.unitsInNoGroup());
        assertFalse(Groups.of(3, new int[][] {{2, 1}, {0, 1}}).isDisjoint());
    }

    @Test
    void badListsAreRefused() {
        assertRefused("number of groups must be at least 1, got 0", () -> Groups.of(3, new int[0][]));
        assertRefused("size of group 1 must be at least 1, got 0", () -> Groups.of(3, new int[][] {{0}, {}}));
        assertRefused("member of group 1 must be from 0 to 2, got 3", () -> Groups.of(3, new int[][] {{0}, {2, 3}}));
        assertRefused("member of group 0 must be from 0 to 2, got -1", () -> Groups.of(3, new int[][] {{-1}}));
        assertRefused("member of group 0 must be there once, got 2 twice", () -> Groups.of(3, new int[][] {{2, 0, 2}}));
        assertRefused("group 0 must be given, got null", () -> Groups.of(3, new int[1][]));
        assertRefused("members must be given, got null", () -> Groups.of(3, null));
    }

    @Test
    void badWeightsAreRefused() {
        int[][] members = {{0, 1}, {2}};
        assertRefused(
                "weights must be given for each of the 2 groups, got 1",
                () -> Groups.of(3, members, new double[][] {{1, 1}}));
        assertRefused(
                "weights of group 1 must be given for each of its 1 members, got 2",
                () -> Groups.of(3, members, new double[][] {{1, 1}, {1, 1}}));
        for (double bad : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertRefused(
                    "weight in group 1 must be finite and > 0, got " + bad,
                    () -> Groups.of(3, members, new double[][] {{1, 1}, {bad}}));
        }
        assertRefused("weights must be given, got null", () -> Groups.of(3, members, null));
    }

    @Test
    void argumentsAndResultsAreCopies() {
        int[][] members = {{0, 1}};
        double[][] weights = {{2, 3}};
        Groups groups = Groups.of(3, members, weights);
        Groups same = Groups.of(3, members, weights);
        members[0][0] = 2;
        weights[0][0] = 9;
        groups.members()[1] = 2;
        groups.weights()[1] = 9;
        groups.offsets()[1] = 9;
        assertEquals(same, groups);
        assertArrayEquals(new int[] {0, 1}, groups.members());
        assertArrayEquals(new double[] {2, 3}, groups.weights());
    }

    @Test
    void equalsComparesByValue() {
        Groups groups = Groups.of(4, new int[][] {{0, 1}, {2}}, new double[][] {{2, 3}, {4}});
        assertEquals(groups, Groups.of(4, new int[][] {{0, 1}, {2}}, new double[][] {{2, 3}, {4}}));
        assertNotEquals(groups, Groups.of(5, new int[][] {{0, 1}, {2}}, new double[][] {{2, 3}, {4}}));
        assertNotEquals(groups, Groups.of(4, new int[][] {{0}, {1, 2}}, new double[][] {{2}, {3, 4}}));
        assertNotEquals(groups, Groups.of(4, new int[][] {{0, 1}, {3}}, new double[][] {{2, 3}, {4}}));
        assertNotEquals(groups, Groups.of(4, new int[][] {{0, 1}, {2}}, new double[][] {{2, 3}, {5}}));
        assertNotEquals(groups, Groups.of(4, new int[][] {{0, 1}, {2}}));
        assertTrue(Groups.of(3, new int[][] {{0}}, new double[][] {{1}}).hasUnitWeights());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void jsonYamlAndSerialisedCopiesAreEqual(Groups groups) throws IOException, ClassNotFoundException {
        String json = NeuralNetConfiguration.mapper().writeValueAsString(groups);
        assertEquals(groups, NeuralNetConfiguration.mapper().readValue(json, Groups.class), json);
        String yaml = NeuralNetConfiguration.mapperYaml().writeValueAsString(groups);
        assertEquals(groups, NeuralNetConfiguration.mapperYaml().readValue(yaml, Groups.class), yaml);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(groups);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            Object copy = in.readObject();
            assertEquals(groups, copy);
            assertEquals(groups.hashCode(), copy.hashCode());
        }
    }

    @Test
    void jsonIsShortWhereGroupsAreRegular() throws IOException {
        String blocks = NeuralNetConfiguration.mapper().writeValueAsString(Groups.blocks(400, 4));
        assertEquals("{\"blockSize\":4,\"units\":400}", blocks.replaceAll("\\s", ""));
        Groups torus = Groups.torus(20, 20, Window.of(6).stride(2).gaussian(1.5));
        String json = NeuralNetConfiguration.mapper().writeValueAsString(torus);
        assertTrue(json.length() < 30_000, json.length() + " characters");
    }

    @Test
    void jsonIsCheckedLikeArguments() {
        String json = "{\"units\":3,\"members\":[[0,5]]}";
        Exception failure = assertThrows(
                IOException.class, () -> NeuralNetConfiguration.mapper().readValue(json, Groups.class));
        assertTrue(failure.getMessage().contains("member of group 0 must be from 0 to 2, got 5"), failure.getMessage());
    }

    @Test
    void textTellsTheKind() {
        assertEquals("Groups[3 of 6 units, blocks of 2]", Groups.blocks(6, 2).toString());
        assertEquals(
                "Groups[3 of 6 units, 9 members, weighted]",
                Groups.ring(6, Window.of(3).stride(2).gaussian(1)).toString());
    }

    @Test
    void restrictedGroupsAreThoseOfTheKeptUnits() {
        Groups groups = Groups.of(
                6, new int[][] {{5, 0, 2}, {1, 4}, {2, 3}, {4}}, new double[][] {{1, 2, 3}, {4, 5}, {6, 7}, {8}});
        int[] kept = {0, 2, 3, 5};
        assertArrayEquals(new int[] {0, 2}, groups.groupsOf(kept));
        assertEquals(
                Groups.of(4, new int[][] {{3, 0, 1}, {1, 2}}, new double[][] {{1, 2, 3}, {6, 7}}),
                groups.restrictedTo(kept));
        assertEquals(groups, groups.restrictedTo(new int[] {0, 1, 2, 3, 4, 5}));
        assertEquals(Groups.blocks(4, 2), Groups.blocks(6, 2).restrictedTo(new int[] {0, 1, 4, 5}));
        assertEquals(
                groups.restrictedTo(new int[] {0, 3}), groups.restrictedTo(kept).restrictedTo(new int[] {0, 2}));
    }

    @Test
    void unitsWithoutAnyGroupAreNoGroups() {
        Groups groups = Groups.of(4, new int[][] {{0, 2}});
        assertArrayEquals(new int[] {1}, groups.restrictedTo(new int[] {0, 3}).unitsInNoGroup());
        String message = assertThrows(IllegalArgumentException.class, () -> groups.restrictedTo(new int[] {1, 3}))
                .getMessage();
        assertEquals("kept must be units of which at least one is in a group, got [1, 3]", message);
        assertThrows(IllegalArgumentException.class, () -> groups.restrictedTo(new int[] {3, 1}));
    }
}
