package io.github.dl4jsparse.energy;

import io.github.dl4jsparse.group.Tree;
import io.github.dl4jsparse.internal.energy.BlockShrinkage;

/**
 * The shrinkage of all subtrees by their norms, leaves before roots, and its adjoint derivative.
 * <p>On the subtree of a node the gradient is {@code p g + q z} after the adjoints of the shrinkages above it, each of
 * which scales the gradient g and adds a multiple of the code z. The adjoint of the node's own shrinkage gives
 * \[ p' = (1 - r)\, p, \qquad q' = q + r\, p\, \langle z, g \rangle / \lVert z \rVert^2 \]
 * where r is its threshold divided by the norm that it shrinks and products are over its subtree: two passes over the units.
 */
final class TreeShrinkage {
    private final Tree tree;
    private final double[] thresholds;

    /** @param thresholds one a node. Not modified. */
    TreeShrinkage(Tree tree, double[] thresholds) {
        this.tree = tree;
        this.thresholds = thresholds;
    }

    /** For each node the sum of the products over its subtree. */
    static double[] subtreeSums(Tree tree, double[] a, double[] b) {
        double[] sums = new double[a.length];
        for (int place = a.length - 1; place >= 0; place--) {
            int node = tree.nodeAt(place);
            sums[node] += a[node] * b[node];
            if (tree.parent(node) >= 0) {
                sums[tree.parent(node)] += sums[node];
            }
        }
        return sums;
    }

    /** Replaces a code: leaves to root for the norms, root to leaves for the factors. */
    void shrink(double[] code) {
        double[] factors = factors(code);
        for (int place = 0; place < code.length; place++) {
            int node = tree.nodeAt(place);
            if (tree.parent(node) >= 0) {
                factors[node] *= factors[tree.parent(node)];
            }
            code[node] = factors[node] == 0 ? 0 : factors[node] * code[node];
        }
    }

    /** The factor by which the shrinkage multiplies each subtree. */
    private double[] factors(double[] v) {
        double magnitude = Magnitude.of(v);
        double[] scaled = Magnitude.divided(v, magnitude);
        double[] limits = Magnitude.divided(thresholds, magnitude);
        double[] squares = new double[v.length];
        double[] factors = new double[v.length];
        for (int place = v.length - 1; place >= 0; place--) {
            int node = tree.nodeAt(place);
            squares[node] += scaled[node] * scaled[node];
            factors[node] = BlockShrinkage.factor(Math.sqrt(squares[node]), limits[node]);
            if (tree.parent(node) >= 0) {
                squares[tree.parent(node)] += squares[node] * factors[node] * factors[node];
            }
        }
        return factors;
    }

    /**
     * Replaces the gradient with respect to the code by that with respect to v.
     *
     * @param v        before the shrinkage. Not modified.
     * @param code     z, after it. Not modified.
     * @param gradient g. Modified in place.
     * @return {@code [units]}: the derivatives by the thresholds, a new array
     */
    double[] adjoint(double[] v, double[] code, double[] gradient) {
        double[] factors = factors(v);
        double[] z = Magnitude.divided(code, Magnitude.of(code));
        double[] squares = subtreeSums(tree, z, z);
        double[] along = subtreeSums(tree, z, gradient);
        double[] p = new double[z.length];
        double[] q = new double[z.length];
        double[] ofThresholds = new double[z.length];
        for (int place = 0; place < z.length; place++) {
            int node = tree.nodeAt(place);
            int parent = tree.parent(node);
            double above = parent < 0 ? 1 : p[parent];
            double factor = factors[node];
            p[node] = factor * above;
            if (factor != 0) {
                q[node] = parent < 0 ? 0 : q[parent];
                if (squares[node] != 0) {
                    double inner = above * along[node] + q[node] * squares[node];
                    ofThresholds[node] = -inner / Math.sqrt(squares[node]);
                    q[node] += (1 - factor) * above * along[node] / squares[node];
                }
            }
            gradient[node] = p[node] * gradient[node] + q[node] * z[node];
        }
        return ofThresholds;
    }
}
