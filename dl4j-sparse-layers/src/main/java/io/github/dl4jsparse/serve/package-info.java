/**
 * Trained networks as ONNX files, for runtimes without DL4J.
 * <p>Start at {@link io.github.dl4jsparse.serve.OnnxExport}; a layer of another project implements
 * {@link io.github.dl4jsparse.serve.OnnxLayer}.
 */
@NullMarked
package io.github.dl4jsparse.serve;

import org.jspecify.annotations.NullMarked;
