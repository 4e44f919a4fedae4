package io.github.dl4jsparse.examples.patch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.group.Tree;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnitTreeTest {
    @Test
    void regularTreeIsTheLargestThatFits() {
        assertEquals(
                Tree.branching(8, 3, 2), UnitTree.regular(81, List.of(10, 5, 2)).tree());
        assertEquals(
                Tree.branching(10, 5, 2),
                UnitTree.regular(1000, List.of(10, 5, 2)).tree());
        assertEquals(Tree.branching(), UnitTree.regular(1, List.of(10, 5, 2)).tree());
        assertEquals(Tree.branching(2), UnitTree.regular(3, List.of(2, 2)).tree());
        for (int nodes = 1; nodes < 60; nodes++) {
            int size = UnitTree.regular(nodes, List.of(3, 3, 3)).tree().size();
            int largest = 1;
            for (int a = 1; a <= 3; a++) {
                for (int b = 0; b <= 3; b++) {
                    for (int c = 0; c <= 3; c++) {
                        int total = 1 + a + a * b + a * b * c;
                        largest = total <= nodes ? Math.max(largest, total) : largest;
                    }
                }
            }
            assertEquals(largest, size);
            assertTrue(size <= nodes);
        }
    }
}
