package io.github.dl4jsparse.energy;

import io.github.dl4jsparse.group.Groups;
import io.github.dl4jsparse.group.Tree;
import io.github.dl4jsparse.internal.check.Args;
import java.util.Arrays;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * The sum of the Euclidean norms of all subtrees, under which a unit may be active only if its ancestors' groups are.
 * <p>\[ \sum_g \eta_g \lVert z_g \rVert_2, \qquad \mathrm{prox}_t = \mathrm{prox}_{t, root} \circ \dots \circ
 * \mathrm{prox}_{t, leaf} \]
 * where g runs over the nodes, group g is node g with its descendants and eta its weight. The proximal operator shrinks each group by its
 * norm, leaves before roots, and is exact; it takes two passes over the units. In the other order it would not be the
 * proximal operator.
 * <p>Shapes: {@code z: [batch, tree.size()]}.
 * <p>Reference: Jenatton, Mairal, Obozinski and Bach, Proximal methods for hierarchical sparse coding, JMLR 12, 2011.
 *
 * @param weight eta: one for all nodes or one for each, finite and &gt;= 0
 * @param tree   the units and their parents
 */
public record TreePenalty(@JsonProperty("weight") Weights weight, @JsonProperty("tree") Tree tree)
        implements RowPenalty, Grouped {
    private static final long serialVersionUID = 1;
    private static final String WEIGHT = "tree weight";

    /** @throws IllegalArgumentException if something is not given or the number of weights is not that of the nodes */
    @JsonCreator
    public TreePenalty {
        Args.given("tree", tree);
        if (Args.given(WEIGHT, weight).units() > 0 && weight.units() != tree.size()) {
            throw Args.failure("tree weights", "given for each of the " + tree.size() + " nodes", weight.units());
        }
    }

    /** {@inheritDoc} Each node with its descendants. */
    @Override
    public Groups groups() {
        return tree.groups();
    }

    /**
     * One weight for all nodes.
     *
     * @throws IllegalArgumentException if the weight is negative or not finite
     */
    public TreePenalty(double weight, Tree tree) {
        this(Weights.one(WEIGHT, weight), tree);
    }

    /**
     * A weight for each node.
     *
     * @param weights not modified
     * @throws IllegalArgumentException if a weight is negative or not finite or their number is not that of the nodes
     */
    public TreePenalty(double[] weights, Tree tree) {
        this(Weights.each(WEIGHT, weights), tree);
    }

    @Override
    public long units() {
        return tree.size();
    }

    /** {@inheritDoc} If a unit is kept, its parent must be. */
    @Override
    public TreePenalty restrictedTo(int[] kept) {
        return new TreePenalty(weight.restrictedTo(kept), tree.restrictedTo(kept));
    }

    /** Adds to each node the values of its ancestors. */
    private void addDown(double[] values) {
        for (int place = 0; place < values.length; place++) {
            int node = tree.nodeAt(place);
            if (tree.parent(node) >= 0) {
                values[node] += values[tree.parent(node)];
            }
        }
    }

    @Override
    public double valueOf(double[] code) {
        double magnitude = Magnitude.of(code);
        double[] scaled = Magnitude.divided(code, magnitude);
        double[] squares = TreeShrinkage.subtreeSums(tree, scaled, scaled);
        double sum = 0;
        for (int node = 0; node < squares.length; node++) {
            sum += weight.of(node) * Math.sqrt(squares[node]);
        }
        return magnitude * sum;
    }

    /** Weight over norm for each active group, 0 for the others. */
    private double[] ratios(double[] squares) {
        double[] ratios = new double[squares.length];
        for (int node = 0; node < squares.length; node++) {
            ratios[node] = squares[node] == 0 ? 0 : weight.of(node) / Math.sqrt(squares[node]);
        }
        return ratios;
    }

    @Override
    public void gradientOf(double[] code, double[] gradient) {
        double[] scaled = Magnitude.divided(code, Magnitude.of(code));
        double[] factors = ratios(TreeShrinkage.subtreeSums(tree, scaled, scaled));
        addDown(factors);
        for (int i = 0; i < code.length; i++) {
            gradient[i] = factors[i] * scaled[i];
        }
    }

    @Override
    public void hessianProductOf(double[] code, double[] direction, double[] result) {
        double magnitude = Magnitude.of(code);
        double[] scaled = Magnitude.divided(code, magnitude);
        double[] squares = TreeShrinkage.subtreeSums(tree, scaled, scaled);
        double[] along = TreeShrinkage.subtreeSums(tree, scaled, direction);
        double[] factors = ratios(squares);
        for (int i = 0; i < code.length; i++) {
            along[i] = squares[i] == 0 ? 0 : factors[i] * along[i] / squares[i];
        }
        addDown(factors);
        addDown(along);
        for (int i = 0; i < code.length; i++) {
            result[i] = (factors[i] * direction[i] - along[i] * scaled[i]) / magnitude;
        }
    }

    @Override
    public void proxOf(double[] code, double step) {
        new TreeShrinkage(tree, thresholds(code.length, step)).shrink(code);
    }

    private double[] thresholds(int nodes, double step) {
        double[] thresholds = new double[nodes];
        Arrays.setAll(thresholds, node -> step * weight.of(node));
        return thresholds;
    }

    @Override
    public double proxAdjointOf(double[] v, double[] code, double step, double[] gradient) {
        TreeShrinkage shrinkage = new TreeShrinkage(tree, thresholds(code.length, step));
        double[] ofThresholds = shrinkage.adjoint(v, code, gradient);
        double derivative = 0;
        for (int node = 0; node < ofThresholds.length; node++) {
            derivative += weight.of(node) * ofThresholds[node];
        }
        return derivative;
    }

    @Override
    public void proxOfKinks(double[] code, double[] point) {
        double[] scaled = Magnitude.divided(code, Magnitude.of(code));
        double[] squares = TreeShrinkage.subtreeSums(tree, scaled, scaled);
        double[] thresholds = new double[code.length];
        Arrays.setAll(thresholds, node -> squares[node] == 0 ? weight.of(node) : 0);
        new TreeShrinkage(tree, thresholds).shrink(point);
    }
}
