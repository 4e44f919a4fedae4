package io.github.dl4jsparse.examples.patch;

import io.github.dl4jsparse.diagnostics.CodeStatistics;
import io.github.dl4jsparse.diagnostics.FilterSheet;
import io.github.dl4jsparse.diagnostics.NeighbourSimilarity;
import io.github.dl4jsparse.energy.GroupL2Penalty;
import io.github.dl4jsparse.energy.Proximal;
import io.github.dl4jsparse.examples.picture.Canvas;
import io.github.dl4jsparse.examples.picture.FilterZoom;
import io.github.dl4jsparse.group.Groups;
import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.shrinkage.GroupShrinkage;
import io.github.dl4jsparse.shrinkage.Shrinkage;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Groups of four units that are active together, under the sum of the norms of the groups.
 *
 * @param units a multiple of {@value #SIZE}
 */
public record UnitGroups(int units) implements CodeStructure {
    /** Units of a group. */
    static final int SIZE = 4;

    private static final int TILES_A_SIDE = 2;
    private static final int GAP = 10;

    /** @throws IllegalArgumentException if the groups do not come out even */
    public UnitGroups {
        if (units < SIZE || units % SIZE != 0) {
            throw Args.failure("--units", "a multiple of " + SIZE + " for --penalty group", units);
        }
    }

    @Override
    public Proximal penalty(double lambda) {
        return new GroupL2Penalty(lambda, groups());
    }

    /** A threshold for each group. */
    @Override
    public Shrinkage shrinkage(double lambda) {
        return new GroupShrinkage(groups());
    }

    @Override
    public Groups groups() {
        return Groups.blocks(units, SIZE);
    }

    /** Of every two units of a group. */
    @Override
    public Optional<NeighbourSimilarity> similarity(INDArray dictionary, long seed) {
        List<int[]> pairs = new ArrayList<>();
        for (int a = 0; a < units; a++) {
            for (int b = a + 1; b < units && b / SIZE == a / SIZE; b++) {
                pairs.add(new int[] {a, b});
            }
        }
        return Optional.of(NeighbourSimilarity.pairs(
                dictionary, pairs.toArray(int[][]::new), NeighbourSimilarity.PERMUTATIONS, seed));
    }

    /** Each group as a square of its own. */
    @Override
    public BufferedImage draw(INDArray dictionary, CodeStatistics usage, int side) {
        FilterSheet sheet = new FilterSheet(side, side, TILES_A_SIDE, FilterZoom.of(side));
        List<BufferedImage> squares = IntStream.range(0, units / SIZE)
                .boxed()
                .sorted(Comparator.comparingDouble(group -> -usage.frequency(group * SIZE)))
                .map(group ->
                        IntStream.range(0, SIZE).map(i -> group * SIZE + i).toArray())
                .map(members -> sheet.draw(dictionary, members))
                .toList();
        int columns = (int) Math.ceil(Math.sqrt(squares.size()));
        int rows = (squares.size() + columns - 1) / columns;
        int pitch = squares.get(0).getWidth() + GAP;
        BufferedImage picture = Canvas.white(columns * pitch - GAP, rows * pitch - GAP);
        Graphics2D g = picture.createGraphics();
        for (int i = 0; i < squares.size(); i++) {
            g.drawImage(squares.get(i), i % columns * pitch, i / columns * pitch, null);
        }
        g.dispose();
        return picture;
    }

    @Override
    public String order() {
        return "each square a group, most used first";
    }
}
