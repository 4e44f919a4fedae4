package io.github.dl4jsparse.examples.patch;

import io.github.dl4jsparse.examples.data.NaturalPatches;
import io.github.dl4jsparse.group.Tree;
import io.github.dl4jsparse.nn.UnsupervisedLayer;
import io.github.dl4jsparse.nn.coding.SparseCodingLayer;
import io.github.dl4jsparse.train.BranchElimination;
import io.github.dl4jsparse.train.UnitPruner;
import io.github.dl4jsparse.train.UnitUsage;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A tree of units that has grown too large, and what is left of it.
 *
 * @param large held-out codes with all units
 * @param tree  of all units
 * @param kept  the units that stay
 * @param net   the smaller network, not trained since
 * @param cut   held-out codes with the units that stay
 */
public record TreePruning(HeldOutCodes large, Tree tree, int[] kept, MultiLayerNetwork net, HeldOutCodes cut) {
    /** The units that stay of a tree, a share of all. */
    static int size(double share, Tree tree) {
        return (int) Math.max(1, Math.round(share * tree.size()));
    }

    /** The units that stay when the leaf with the smallest part in the reconstructions is cut, again and again. */
    public static int[] byUse(MultiLayerNetwork net, Tree tree, double share, NaturalPatches data) {
        UnitUsage usage = UnitUsage.of((UnsupervisedLayer) net.getLayer(0), data.choice(), 0);
        return usage.treeOfSize(tree, size(share, tree));
    }

    /** The units that stay when the branch is cut without which the energy rises least for each of its units, again and again. */
    public static int[] byAbsence(MultiLayerNetwork net, Tree tree, double share, NaturalPatches data) {
        SparseCodingLayer layer = (SparseCodingLayer) net.getLayer(0).conf().getLayer();
        INDArray dictionary = net.getLayer(0).getParam(SparseCodingLayer.DICTIONARY);
        return new BranchElimination(dictionary, layer.getPenalty(), layer.getSolver())
                .treeOfSize(tree, size(share, tree), data.choice());
    }

    /**
     * Cuts a tree.
     *
     * @param net   whose units are those of the tree. Not modified.
     * @param kept  the units that stay
     * @param codes finds the held-out codes of a network whose units are a tree
     */
    public static TreePruning of(
            MultiLayerNetwork net,
            Tree tree,
            int[] kept,
            BiFunction<MultiLayerNetwork, Tree, ? extends HeldOutCodes> codes) {
        MultiLayerNetwork smaller = UnitPruner.prune(net, 0, kept);
        return new TreePruning(
                codes.apply(net, tree), tree, kept, smaller, codes.apply(smaller, tree.restrictedTo(kept)));
    }

    /** The tree that is left. */
    public Tree left() {
        return tree.restrictedTo(kept);
    }

    /**
     * The figures of {@code result.json}.
     *
     * @param retrained codes after more training
     * @param sameShape codes with a tree of the same shape that was trained from the start
     * @param regular   codes with a tree of that size whose shape was chosen without the large tree
     */
    public TreePruningMeasurement measured(HeldOutCodes retrained, HeldOutCodes sameShape, HeldOutCodes regular) {
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
                Math.toIntExact(regular.dictionary().size(1)));
    }

    /** The filters of the large tree, those that went pale. */
    public BufferedImage draw(int side) {
        boolean[] stays = new boolean[tree.size()];
        IntStream.of(kept).forEach(unit -> stays[unit] = true);
        return UnitTree.draw(large.dictionary(), tree, stays, side);
    }
}
