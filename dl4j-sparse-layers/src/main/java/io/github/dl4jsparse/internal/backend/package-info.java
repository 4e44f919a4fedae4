/**
 * Settings of ND4J's native code: OpenBLAS's kernels, and how native threads wait.
 * <p>Start at {@link io.github.dl4jsparse.internal.backend.KernelChoice}, which ND4J constructs before it loads native code; {@link io.github.dl4jsparse.internal.backend.SerialNative}
 * limits native threads to one while the library computes.
 * <p>For this library alone: it may change in any version.
 */
package io.github.dl4jsparse.internal.backend;
