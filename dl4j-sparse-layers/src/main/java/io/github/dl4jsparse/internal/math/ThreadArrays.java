package io.github.dl4jsparse.internal.math;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/** Java arrays that a thread reuses for its next computation, so that loops over chunks allocate nothing. */
final class ThreadArrays {
    private static final int KEPT = 12;
    private static final int LONGEST = 1 << 12;
    private static final ThreadLocal<Deque<float[]>> OWN = ThreadLocal.withInitial(ArrayDeque::new);

    private ThreadArrays() {}

    /**
     * Takes arrays for exclusive use until {@link #giveBack}.
     *
     * @param count  of arrays
     * @param length of each
     * @return arrays with arbitrary content
     */
    static float[][] take(int count, int length) {
        float[][] taken = new float[count][];
        Iterator<float[]> kept = OWN.get().iterator();
        int found = 0;
        while (found < count && kept.hasNext()) {
            float[] array = kept.next();
            if (array.length == length) {
                kept.remove();
                taken[found++] = array;
            }
        }
        for (; found < count; found++) {
            taken[found] = new float[length];
        }
        return taken;
    }

    /** Keeps arrays for the next call of {@link #take} by the same thread; of too many the oldest are dropped. */
    static void giveBack(float[][] arrays) {
        Deque<float[]> own = OWN.get();
        for (float[] array : arrays) {
            if (array.length <= LONGEST) {
                own.addFirst(array);
            }
        }
        while (own.size() > KEPT) {
            own.removeLast();
        }
    }
}
