/**
 * Trained networks as ONNX files, for runtimes without DL4J.
 * <p>Start at {@link io.github.dl4jsparse.serve.OnnxExport}; a layer of another project implements {@link io.github.dl4jsparse.serve.OnnxLayer}, a shrinkage
 * {@link io.github.dl4jsparse.serve.OnnxShrinkage}, and both write to an {@link io.github.dl4jsparse.serve.OnnxGraph}.
 * <p>Notation: an {@link io.github.dl4jsparse.serve.OnnxValue} is a tensor of the graph, an {@link io.github.dl4jsparse.serve.OnnxGraph.Node} an operator with its
 * attributes.
 */
@NullMarked
package io.github.dl4jsparse.serve;

import org.jspecify.annotations.NullMarked;
