/**
 * The command {@code onnx}: saved networks as ONNX files, compared with what they were made of.
 * <p>Start reading at {@link io.github.dl4jsparse.examples.onnx.OnnxCommand};
 * {@link io.github.dl4jsparse.examples.onnx.RuntimeSession} is all that serving a file in Java takes.
 */
package io.github.dl4jsparse.examples.onnx;
