package io.github.dl4jsparse.internal.backend;

/** What native libraries are told before they are loaded: which kernels to multiply with, and how to wait. */
public final class NativeStart {
    private NativeStart() {}

    /** Has an effect the first time it is called, and before ND4J is loaded. What the environment says comes first. */
    public static void prepare() {
        BlasKernels.choose();
        NativeWaiting.shorten();
    }
}
