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
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.junit.jupiter.api.Test;

class TreeTest {
    /** Not numbered from the root, and a second root: 3 over 0 and 1, 0 over 2 and 4; 5. */
    private static final Tree FOREST = Tree.ofParents(new int[] {3, 3, 0, -1, 0, -1});

    @Test
    void branchingHasARootAndRings() {
        Tree tree = Tree.branching(10, 2, 2);
        assertEquals(71, tree.size());
        assertArrayEquals(new int[] {0}, tree.roots());
        assertArrayEquals(IntStream.rangeClosed(1, 10).toArray(), tree.children(0));
        assertArrayEquals(new int[] {11, 12}, tree.children(1));
        assertArrayEquals(new int[] {29, 30}, tree.children(10));
        assertArrayEquals(new int[] {31, 32}, tree.children(11));
        assertArrayEquals(new int[] {69, 70}, tree.children(30));
        assertArrayEquals(new int[0], tree.children(70));
        int[] rings = new int[4];
        for (int node = 0; node < 71; node++) {
            rings[tree.depth(node)]++;
        }
        assertArrayEquals(new int[] {1, 10, 20, 40}, rings);
        assertEquals(Tree.ofParents(new int[] {-1}), Tree.branching());
    }

    @Test
    void relationsFollowTheParents() {
        assertArrayEquals(new int[] {3, 5}, FOREST.roots());
        assertArrayEquals(new int[] {2, 4}, FOREST.children(0));
        assertArrayEquals(new int[] {0, 2, 4, 1}, FOREST.descendants(3));
        assertArrayEquals(new int[0], FOREST.descendants(5));
        assertEquals(2, FOREST.depth(4));
        assertEquals(5, FOREST.subtreeSize(3));
        assertEquals(-1, FOREST.parent(5));
        for (int node = 0; node < 6; node++) {
            for (int ancestor = 0; ancestor < 6; ancestor++) {
                assertEquals(isAbove(ancestor, node), FOREST.isAncestor(ancestor, node), ancestor + " over " + node);
            }
        }
    }

    private static boolean isAbove(int ancestor, int node) {
        for (int i = FOREST.parent(node); i >= 0; i = FOREST.parent(i)) {
            if (i == ancestor) {
                return true;
            }
        }
        return false;
    }

    @Test
    void depthFirstOrderKeepsSubtreesTogether() {
        int[] order = IntStream.range(0, 6).map(FOREST::nodeAt).toArray();
        assertArrayEquals(new int[] {3, 0, 2, 4, 1, 5}, order);
    }

    @Test
    void groupsAreTheSubtrees() {
        Groups expected = Groups.of(6, new int[][] {{0, 2, 4}, {1}, {2}, {3, 0, 2, 4, 1}, {4}, {5}});
        assertEquals(expected, FOREST.groups());
        Groups groups = Tree.branching(3, 2).groups();
        double[][] dense = GroupsTest.dense(groups);
        for (double[] a : dense) {
            for (double[] b : dense) {
                int both = (int) IntStream.range(0, a.length)
                        .filter(i -> a[i] * b[i] > 0)
                        .count();
                int smaller =
                        (int) Math.min(Arrays.stream(a).sum(), Arrays.stream(b).sum());
                assertTrue(both == 0 || both == smaller, "neither disjoint nor nested");
            }
        }
    }

    @Test
    void deepTreesAreTaken() {
        int nodes = 100_000;
        Tree path = Tree.ofParents(IntStream.range(0, nodes).map(i -> i - 1).toArray());
        assertEquals(nodes - 1, path.depth(nodes - 1));
        assertTrue(path.isAncestor(0, nodes - 1));
        assertFalse(path.isAncestor(nodes - 1, 0));
    }

    private static void assertRefused(String message, int... parents) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> Tree.ofParents(parents))
                        .getMessage());
    }

    @Test
    void badParentsNameTheNode() {
        assertRefused("number of nodes must be at least 1, got 0");
        assertRefused("parent of node 1 must be from -1 to 2, got 3", -1, 3, 0);
        assertRefused("parent of node 0 must be from -1 to 1, got -2", -2, 0);
        assertRefused("parent of node 1 must be another node, got the node itself", -1, 1);
        assertRefused("parents must be free of circles, got one above node 1", -1, 2, 3, 1);
    }

    @Test
    void badBranchingIsRefused() {
        String message = assertThrows(IllegalArgumentException.class, () -> Tree.branching(2, 0))
                .getMessage();
        assertEquals("branching of level 1 must be at least 1, got 0", message);
        assertThrows(IllegalArgumentException.class, () -> Tree.branching(1 << 16, 1 << 16));
    }

    @Test
    void copiesAreEqual() throws IOException, ClassNotFoundException {
        String json = NeuralNetConfiguration.mapper().writeValueAsString(FOREST);
        assertEquals("{\"parents\":[3,3,0,-1,0,-1]}", json.replaceAll("\\s", ""));
        assertEquals(FOREST, NeuralNetConfiguration.mapper().readValue(json, Tree.class));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(FOREST);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            Object copy = in.readObject();
            assertEquals(FOREST, copy);
            assertEquals(FOREST.hashCode(), copy.hashCode());
        }
        assertNotEquals(FOREST, Tree.ofParents(new int[] {3, 3, 0, -1, 0, 3}));
        assertEquals("Tree[6 nodes, 2 roots, depth 2]", FOREST.toString());
    }

    @Test
    void argumentsAndResultsAreCopies() {
        int[] parents = {-1, 0};
        Tree tree = Tree.ofParents(parents);
        parents[1] = -1;
        tree.parents()[1] = -1;
        assertArrayEquals(new int[] {-1, 0}, tree.parents());
    }

    @Test
    void partOfATreeKeepsItsParents() {
        // 3 is the root of 0 and 1, 0 that of 2 and 4; 5 stands alone
        Tree part = FOREST.restrictedTo(new int[] {0, 3, 4, 5});
        assertEquals(Tree.ofParents(new int[] {1, -1, 0, -1}), part);
        assertEquals(FOREST, FOREST.restrictedTo(new int[] {0, 1, 2, 3, 4, 5}));
        Tree regular = Tree.branching(3, 2);
        int[] first = {0, 1, 4, 5};
        assertEquals(Tree.branching(1, 2), regular.restrictedTo(first));
        assertEquals(
                regular.restrictedTo(new int[] {0, 1, 5}),
                regular.restrictedTo(first).restrictedTo(new int[] {0, 1, 3}));
    }

    @Test
    void partOfATreeNeedsTheParents() {
        String message = assertThrows(IllegalArgumentException.class, () -> FOREST.restrictedTo(new int[] {2, 3, 5}))
                .getMessage();
        assertEquals("kept must be with every node its parent, got node 2 without 0", message);
        assertThrows(IllegalArgumentException.class, () -> FOREST.restrictedTo(new int[] {3, 6}));
    }
}
