package io.github.dl4jsparse.energy;

import io.github.dl4jsparse.group.Groups;
import io.github.dl4jsparse.internal.check.Args;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * The L1 norm and a tree-structured norm together: few branches are active, and inside a branch single units may be zero
 * above active ones.
 * <p>\[ \lambda_1 \lVert z \rVert_1 + \sum_g \eta_g \lVert z_g \rVert_2, \qquad
 * \mathrm{prox}_t = \mathrm{prox}_{t, tree} \circ \mathrm{prox}_{t, L1} \]
 * where g runs over the subtrees; single units are groups inside all others, so that the composition is exact.
 * <p>Shapes: {@code z: [batch, tree.size()]}.
 * <p>Reference: Jenatton, Mairal, Obozinski and Bach, Proximal methods for hierarchical sparse coding, JMLR 12, 2011.
 *
 * @param l1   the penalty of single units
 * @param tree the penalty of subtrees
 */
public record SparseTreePenalty(@JsonProperty("l1") L1Penalty l1, @JsonProperty("tree") TreePenalty tree)
        implements PlusL1 {
    private static final long serialVersionUID = 1;

    /** @throws IllegalArgumentException if a term is not given or the two are for different numbers of units */
    @JsonCreator
    public SparseTreePenalty {
        PlusL1.checkUnits(l1, Args.given("tree", tree));
    }

    /** {@inheritDoc} If a unit is kept, its parent must be. */
    @Override
    public SparseTreePenalty restrictedTo(int[] kept) {
        return new SparseTreePenalty(l1.restrictedTo(kept), tree.restrictedTo(kept));
    }

    @Override
    public Groups groups() {
        return tree.groups();
    }

    @Override
    public RowPenalty structured() {
        return tree;
    }
}
