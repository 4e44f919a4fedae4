package io.github.dl4jsparse.internal.nn;

import io.github.dl4jsparse.internal.dl4j.Workspaces;
import io.github.dl4jsparse.internal.math.HostArrays;
import io.github.dl4jsparse.internal.math.HostMemory;
import io.github.dl4jsparse.internal.parallel.Blocks;
import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Counts active and dead units over the codes of a layer's training passes.
 * <p>\[ \mathrm{dead}_i \iff z_{i,n} = 0 \;\text{ for the last }\; \min(N, W) \;\text{ examples } n \]
 * where z is the code, N the number of examples since the start and W the window, {@value #WINDOW} or the examples of an epoch where
 * it has fewer. A map is zero for an example where it is zero at all positions. The last activity of a unit is recorded
 * to the batch.
 * <p>A batch is read until every unit has been found active in it: in a layer without dead units that is a small part.
 * <p>Shapes: codes of any rank in c order, the batch first and the units last: {@code [batch, units]}, {@code [batch, height,
 * width, units]}.
 */
public final class CodeHealth {
    /** The number W of examples without activity after which a unit counts as dead. */
    public static final int WINDOW = 10_000;

    /** The largest number of elements of a batch in which active units are counted. */
    private static final int COUNTED = 1 << 16;

    /** Elements of a part that a thread reads. */
    private static final int MARKED = 1 << 16;

    private final int units;
    /** The number of examples when a unit was last active, 0 for never. */
    private final long[] lastActive;

    private final boolean[] active;
    private long examples;
    private long countedExamples;
    private long activeUnits;

    /** @param units of the code: its columns, or its maps */
    public CodeHealth(int units) {
        this.units = units;
        this.lastActive = new long[units];
        this.active = new boolean[units];
    }

    /**
     * Adds a batch.
     *
     * @param code  not modified
     * @param batch its examples
     * @param count whether the active units of an example are counted too, in the first examples of the batch
     */
    public void add(INDArray code, long batch, boolean count) {
        if (batch == 0) {
            return;
        }
        examples += batch;
        IntPredicate isActive = activeElements(code);
        int rows = Math.toIntExact(code.length() / units);
        mark(isActive, rows);
        if (count) {
            int rowsOfExample = Math.toIntExact(rows / batch);
            count(isActive, rowsOfExample, (int)
                    Math.min(batch, Math.max(1, COUNTED / (rowsOfExample * (long) units))));
        }
    }

    private static IntPredicate activeElements(INDArray code) {
        INDArray dense = HostArrays.isDense(code) ? code : Workspaces.outside(() -> code.dup('c'));
        HostMemory values = new HostMemory(dense);
        return i -> values.get(i) != 0;
    }

    private void mark(IntPredicate isActive, int rows) {
        Blocks parts = Blocks.of(rows, Math.max(1, MARKED / units));
        boolean[][] silent = new boolean[parts.count()][];
        parts.forEach(p -> silent[p] = silentUnits(isActive, (int) parts.first(p), (int) parts.size(p)));
        for (int unit = 0; unit < units; unit++) {
            int own = unit;
            if (!Arrays.stream(silent).allMatch(part -> part[own])) {
                lastActive[unit] = examples;
            }
        }
    }

    /** The units that are active in none of some rows; for most units the first few rows decide. */
    private boolean[] silentUnits(IntPredicate isActive, int firstRow, int rows) {
        int[] pending = IntStream.range(0, units).toArray();
        int left = units;
        for (int row = firstRow; row < firstRow + rows && left > 0; row++) {
            int silent = 0;
            for (int i = 0; i < left; i++) {
                if (!isActive.test(row * units + pending[i])) {
                    pending[silent++] = pending[i];
                }
            }
            left = silent;
        }
        boolean[] silent = new boolean[units];
        for (int i = 0; i < left; i++) {
            silent[pending[i]] = true;
        }
        return silent;
    }

    private void count(IntPredicate isActive, int rowsOfExample, int counted) {
        for (int example = 0; example < counted; example++) {
            Arrays.fill(active, false);
            for (int i = 0; i < rowsOfExample * units; i++) {
                if (isActive.test(example * rowsOfExample * units + i)) {
                    active[i % units] = true;
                }
            }
            for (boolean each : active) {
                activeUnits += each ? 1 : 0;
            }
        }
        countedExamples += counted;
    }

    /** Resets the mean number of active units, and nothing else. */
    public void startCount() {
        countedExamples = 0;
        activeUnits = 0;
    }

    /** The number of units. */
    public int units() {
        return units;
    }

    /** The number of examples since the start. */
    public long examples() {
        return examples;
    }

    /** Active units an example, a mean since {@link #startCount}; NaN before the first. */
    public double activeUnits() {
        return (double) activeUnits / countedExamples;
    }

    /**
     * The number of dead units; 0 before the first example.
     *
     * @param window W, at least 1
     */
    public int deadUnits(long window) {
        int dead = 0;
        for (long last : lastActive) {
            if (examples > 0 && examples - last >= Math.min(window, examples)) {
                dead++;
            }
        }
        return dead;
    }

    /** The number of the latest examples without an active unit. */
    public long silentExamples() {
        return examples - Arrays.stream(lastActive).max().orElse(0);
    }
}
