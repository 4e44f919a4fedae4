package io.github.dl4jsparse.train;

import io.github.dl4jsparse.group.Groups;
import io.github.dl4jsparse.group.Tree;
import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.internal.dl4j.LayerWrappers;
import io.github.dl4jsparse.internal.dl4j.Net;
import io.github.dl4jsparse.internal.dl4j.Stage;
import java.util.BitSet;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.adapter.MultiDataSetIteratorAdapter;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;

/**
 * The usage of each unit of a layer, on held-out data.
 * <p>\[ u_i = P(|z_i| &gt; \tau), \qquad U_G = P(\exists\, i \in G : |z_i| &gt; \tau), \qquad
 * a_i = \frac{E \lVert d_i z_i \rVert_2^2}{E \lVert x \rVert_2^2} \]
 * where z is the code, tau the threshold, G a group or a branch of a tree, d the atoms of the dictionary and a the energy share.
 * Deep nodes of a tree can be active only where their parents are, so that their usage should be compared by
 * {@link #conditionalFrequency}.
 * <p>The units of a convolutional layer are its maps. A map is active for an image where it is at any position, and
 * {@code d_i z_i} is the reconstruction from this map alone. In large images few maps are inactive at all positions;
 * {@link #positionFrequency} and {@link #energyShare} are then more informative. Locally connected layers, whose units
 * can't be removed, are refused.
 * <p>Shapes: codes {@code [batch, units]}, or {@code [batch, units, height, width]} in the order of the layer's axes.
 * <p>It stores one bit for every unit of every example.
 */
public final class UnitUsage {
    private final BitSet[] active;
    private final int examples;
    private final double[] placeFrequencies;
    private final double[] energyShares;

    UnitUsage(BitSet[] active, int examples, double[] placeFrequencies, double[] energyShares) {
        this.active = active;
        this.examples = examples;
        this.placeFrequencies = placeFrequencies;
        this.energyShares = energyShares;
    }

    /**
     * Measures a layer of a network.
     *
     * @param layer     index of the layer
     * @param heldOut   features of the network; labels are not used
     * @param threshold tau, finite and &gt;= 0; 0 counts every value that is not exactly zero
     * @throws IllegalArgumentException if the layer has no dictionary, its units are neither columns nor maps of its code, or there
     *                                  is no such layer
     */
    public static UnitUsage of(MultiLayerNetwork net, int layer, DataSetIterator heldOut, double threshold) {
        MultiDataSetIterator data = new MultiDataSetIteratorAdapter(Args.given("heldOut", heldOut));
        return of(Net.of(net).measured(layer), data, threshold);
    }

    /**
     * Measures a layer of a graph.
     *
     * @param layer     name of the layer
     * @param heldOut   features of every input; labels are not used
     * @param threshold tau, finite and &gt;= 0; 0 counts every value that is not exactly zero
     * @throws IllegalArgumentException if the layer has no dictionary, its units are neither columns nor maps of its code, or there
     *                                  is no such layer
     */
    public static UnitUsage of(ComputationGraph graph, String layer, MultiDataSetIterator heldOut, double threshold) {
        return of(Net.of(graph).measured(layer), Args.given("heldOut", heldOut), threshold);
    }

    private static UnitUsage of(Stage stage, MultiDataSetIterator heldOut, double threshold) {
        UsageCounter counter = new UsageCounter(stage.dictionary(), threshold);
        new StageInputs(stage, heldOut, 0).forEach(0, counter::add);
        return counter.usage();
    }

    /**
     * Measures a layer alone.
     *
     * @param layer     an {@code UnsupervisedLayer}, also in one of DL4J's wrappers
     * @param inputs    {@code [examples, nIn]}, or images, inputs of the layer. Not modified.
     * @param threshold tau, finite and &gt;= 0; 0 counts every value that is not exactly zero
     * @throws IllegalArgumentException if the layer has no dictionary, or its units are neither columns nor maps of its code
     */
    public static UnitUsage of(Layer layer, INDArray inputs, double threshold) {
        UsageCounter counter = new UsageCounter(LayerWrappers.dictionary(layer), threshold);
        counter.add(Args.given("inputs", inputs));
        return counter.usage();
    }

    /** The number of units. */
    public int units() {
        return active.length;
    }

    /** The number of measured examples. */
    public int examples() {
        return examples;
    }

    /** The share u of the examples for which a unit is active, from 0 to 1. */
    public double frequency(int unit) {
        return share(active[unit].cardinality());
    }

    /**
     * The share of all positions of all examples at which a map is active, from 0 to 1. Without maps there is one
     * position, so that this is the {@link #frequency}.
     */
    public double positionFrequency(int unit) {
        return placeFrequencies[unit];
    }

    /** The share U of the examples for which at least one of some units is active. */
    public double frequencyOfAny(int[] units) {
        return share(any(units).cardinality());
    }

    /**
     * The share of the examples with an active unit {@code given} for which at least one of some units is active.
     *
     * @return 0 where {@code given} is never active
     */
    public double conditionalFrequency(int[] units, int given) {
        BitSet both = any(units);
        both.and(active[given]);
        int wanted = active[given].cardinality();
        return wanted == 0 ? 0 : (double) both.cardinality() / wanted;
    }

    private double share(int count) {
        return (double) count / examples;
    }

    private BitSet any(int[] units) {
        BitSet any = new BitSet(examples);
        for (int unit : units) {
            any.or(active[unit]);
        }
        return any;
    }

    /**
     * The energy share a of a unit: the squared norm of its part of the reconstructions, relative to that of the
     * inputs.
     */
    public double energyShare(int unit) {
        return energyShares[unit];
    }

    /** The units that are never active, in ascending order: a new array. */
    public int[] deadUnits() {
        return IntStream.range(0, units())
                .filter(unit -> active[unit].isEmpty())
                .toArray();
    }

    /**
     * The units that are active for at least a share of the examples.
     *
     * @param bound from 0 to 1; anything above 0 removes units that are never active
     */
    public int[] usedUnits(double bound) {
        return UnitSelection.usedUnits(this, bound);
    }

    /**
     * The units with the largest energy shares; of equal ones that of lower index.
     *
     * @param size the number of units to keep, from 1 on
     */
    public int[] strongestUnits(int size) {
        return UnitSelection.strongestUnits(this, size);
    }

    /**
     * The units of the groups of which a unit is active for at least a share of the examples, and the units in no
     * group. A unit in several groups is kept if any of them is.
     *
     * @param bound from 0 to 1
     */
    public int[] usedGroups(Groups groups, double bound) {
        return UnitSelection.usedGroups(this, groups, bound);
    }

    /**
     * The tree without the branches that are used less than two bounds: active for less than a share of all examples, and for
     * less than a share of the examples for which the branch's parent is active. The second bound keeps deep nodes, which
     * can't be active often but may be needed where their parents are. Roots stay.
     *
     * @param bound            of U, from 0 to 1
     * @param conditionalBound of the conditional frequency, from 0 to 1; with 1 only the first bound decides, except
     *      for branches that are active whenever their parent is
     */
    public int[] usedBranches(Tree tree, double bound, double conditionalBound) {
        return UnitSelection.usedBranches(this, tree, bound, conditionalBound);
    }

    /**
     * A tree of a given size: repeatedly removes the leaf of least energy share. With all other units fixed, removing a
     * unit increases the energy of the code by at least half its energy share, in units of the squared norm of the
     * inputs. Roots are kept.
     *
     * @param size the number of nodes to keep, at least the number of roots
     */
    public int[] treeOfSize(Tree tree, int size) {
        return UnitSelection.treeOfSize(this, tree, size);
    }
}
