package io.github.dl4jsparse.examples.patch;

import io.github.dl4jsparse.diagnostics.CodeStatistics;
import io.github.dl4jsparse.diagnostics.FilterSheet;
import io.github.dl4jsparse.diagnostics.NeighbourSimilarity;
import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.energy.Proximal;
import io.github.dl4jsparse.examples.picture.FilterZoom;
import io.github.dl4jsparse.group.Groups;
import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.shrinkage.Shrinkage;
import java.awt.image.BufferedImage;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Units that have nothing to do with each other, under the L1 norm.
 *
 * @param units at least 1
 */
public record IndependentUnits(int units) implements CodeStructure {
    /** @throws IllegalArgumentException if there are no units */
    public IndependentUnits {
        Args.atLeast("--units", units, 1);
    }

    @Override
    public Proximal penalty(double lambda) {
        return new L1Penalty(lambda);
    }

    /** A threshold for each unit. */
    @Override
    public Shrinkage shrinkage(double lambda) {
        return Shrinkage.SOFT;
    }

    @Override
    public Groups groups() {
        return Groups.blocks(units, 1);
    }

    @Override
    public Optional<NeighbourSimilarity> similarity(INDArray dictionary, long seed) {
        return Optional.empty();
    }

    @Override
    public BufferedImage draw(INDArray dictionary, CodeStatistics usage, int side) {
        int[] order = IntStream.range(0, units)
                .boxed()
                .sorted(Comparator.comparingDouble(unit -> -usage.frequency(unit)))
                .mapToInt(unit -> unit)
                .toArray();
        int columns = (int) Math.ceil(Math.sqrt(units));
        return new FilterSheet(side, side, columns, FilterZoom.of(side)).draw(dictionary, order);
    }

    @Override
    public String order() {
        return "most used first";
    }
}
