package io.github.dl4jsparse.solver;

/** Selects the greatest of many numbers without sorting. */
final class Selection {
    private Selection() {}

    /**
     * The {@code k}-th greatest of the positive values, by a heap of k.
     *
     * @param values Not modified.
     * @param count  of values to search, from the first on
     * @param k      at least 1
     * @return 0 where fewer than k are positive
     */
    static double greatest(double[] values, int count, int k) {
        double[] heap = new double[k];
        for (int i = 0; i < count; i++) {
            double value = values[i];
            if (value > heap[0]) {
                replaceRoot(heap, value);
            }
        }
        return heap[0];
    }

    private static void replaceRoot(double[] heap, double value) {
        int i = 0;
        while (true) {
            int child = 2 * i + 1;
            if (child >= heap.length) {
                break;
            }
            if (child + 1 < heap.length && heap[child + 1] < heap[child]) {
                child++;
            }
            if (heap[child] >= value) {
                break;
            }
            heap[i] = heap[child];
            i = child;
        }
        heap[i] = value;
    }
}
