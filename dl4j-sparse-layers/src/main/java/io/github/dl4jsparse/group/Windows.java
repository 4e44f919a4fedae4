package io.github.dl4jsparse.group;

import io.github.dl4jsparse.internal.check.Args;

/** Windows along one axis of units. */
final class Windows {
    private Windows() {}

    /** Windows that wrap around the end of the axis. */
    static Groups wrapped(String name, int length, Window window) {
        check(name, length, window);
        int stride = window.stride();
        if (length % stride != 0) {
            throw Args.failure(
                    name,
                    "a multiple of the window's stride " + stride + " ("
                            + Divisors.multiplesNear(stride, length, window.size()) + "; strides that divide " + length
                            + ": " + Divisors.near(length, stride) + ")",
                    length);
        }
        return shifted(length, length / stride, window);
    }

    /** Windows that end before the end of the axis. */
    static Groups inside(String name, int length, Window window) {
        check(name, length, window);
        return shifted(length, (length - window.size()) / window.stride() + 1, window);
    }

    private static void check(String name, int length, Window window) {
        Args.given("window", window);
        if (length < window.size()) {
            throw Args.failure(name, "at least the window's size " + window.size(), length);
        }
    }

    private static Groups shifted(int length, int count, Window window) {
        int size = window.size();
        int[][] members = new int[count][size];
        double[][] weights = new double[count][];
        for (int group = 0; group < count; group++) {
            for (int i = 0; i < size; i++) {
                members[group][i] = (group * window.stride() + i) % length;
            }
            weights[group] = window.weights();
        }
        return Groups.of(length, members, weights);
    }
}
