package io.github.dl4jsparse.examples;

import io.github.dl4jsparse.group.Tree;
import io.github.dl4jsparse.nn.common.UnsupervisedLayer;
import io.github.dl4jsparse.train.UnitPruner;
import io.github.dl4jsparse.train.UnitSelection;
import io.github.dl4jsparse.train.UnitUsage;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/**
 * A tree of units that has grown too large, and what is left of it.
 *
 * @param large held-out codes with all units
 * @param tree  of all units
 * @param kept  the units that stay
 * @param net   the smaller network, not trained since
 * @param cut   held-out codes with the units that stay
 */
record TreePruning(DictionaryCodes large, Tree tree, int[] kept, MultiLayerNetwork net, DictionaryCodes cut) {
    /**
     * Cuts the leaves with the smallest part in the reconstructions, again and again, until a share of the units is left.
     *
     * @param net with the tree of the settings. Not modified.
     */
    static TreePruning of(MultiLayerNetwork net, DictionarySettings s, NaturalPatches data) {
        UnitTree structure = (UnitTree) s.structure();
        UnitUsage usage = UnitUsage.of((UnsupervisedLayer) net.getLayer(0), data.choice(), 0);
        int size = (int) Math.max(1, Math.round(s.pruneTo() * s.units()));
        int[] kept = UnitSelection.treeOfSize(usage, structure.tree(), size);
        MultiLayerNetwork smaller = UnitPruner.prune(net, 0, kept);
        UnitTree left = new UnitTree(structure.tree().restrictedTo(kept));
        return new TreePruning(
                DictionaryCodes.of(net, structure, s.lambda(), data.heldOut()),
                structure.tree(),
                kept,
                smaller,
                DictionaryCodes.of(smaller, left, s.lambda(), data.heldOut()));
    }

    /** The tree that is left. */
    CodeStructure left() {
        return cut.structure();
    }

    /**
     * The figures of {@code result.json}.
     *
     * @param retrained codes after more training
     * @param sameShape codes with a tree of the same shape that was trained from the start
     * @param regular   codes with a tree of that size whose shape was chosen without the large tree
     */
    TreePruningMeasurement measured(DictionaryCodes retrained, DictionaryCodes sameShape, DictionaryCodes regular) {
        long pixels = large.dictionary().size(0);
        List<Integer> nodes = new ArrayList<>();
        for (int unit : kept) {
            while (nodes.size() <= tree.depth(unit)) {
                nodes.add(0);
            }
            nodes.set(tree.depth(unit), nodes.get(tree.depth(unit)) + 1);
        }
        return new TreePruningMeasurement(
                tree.size(),
                kept.length,
                pixels * tree.size(),
                net.numParams(),
                nodes,
                large.meanEnergy(),
                cut.meanEnergy(),
                retrained.meanEnergy(),
                sameShape.meanEnergy(),
                regular.meanEnergy(),
                regular.structure().groups().units());
    }

    /** The filters of the large tree, those that went pale. */
    BufferedImage draw(int side) {
        boolean[] stays = new boolean[tree.size()];
        IntStream.of(kept).forEach(unit -> stays[unit] = true);
        return UnitTree.draw(large.dictionary(), tree, stays, side);
    }
}
