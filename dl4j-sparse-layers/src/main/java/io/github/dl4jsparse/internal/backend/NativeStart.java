package io.github.dl4jsparse.internal.backend;

/** Settings of native libraries before they are loaded: OpenBLAS's kernels, and how idle threads wait. */
public final class NativeStart {
    private NativeStart() {}

    /**
     * Only the first call has an effect, and only before ND4J is loaded. Settings of the environment have precedence.
     */
    public static void prepare() {
        BlasKernels.choose();
        NativeWaiting.shorten();
    }
}
