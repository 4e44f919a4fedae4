package io.github.dl4jsparse.serve;

import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.internal.dl4j.LayerWrappers;
import io.github.dl4jsparse.internal.dl4j.Net;
import io.github.dl4jsparse.internal.dl4j.NetVertex;
import io.github.dl4jsparse.nn.lista.ListaConf;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;

/** The shapes of a network's inputs, from its input types or else from its lowest layers. */
final class OnnxInputs {
    private OnnxInputs() {}

    /** The shape of arrays of an input type, with the batch as a free axis. */
    static long[] shape(InputType type) {
        long[] shape = type.getShape(true);
        for (int axis = 0; axis < shape.length; axis++) {
            shape[axis] = axis == 0 || shape[axis] <= 0 ? OnnxValue.FREE : shape[axis];
        }
        return shape;
    }

    /**
     * The shape of an input.
     *
     * @throws IllegalArgumentException if no layer determines it
     */
    static long[] shape(Net<?> net, NetVertex input) {
        List<NetVertex> vertices = net.vertices();
        NetVertex at = input;
        for (NetVertex next = above(vertices, at);
                next != null && next.below().size() == 1;
                next = above(vertices, at)) {
            long[] shape = next.hasLayer() ? told(next) : null;
            if (shape != null) {
                return shape;
            }
            at = next;
        }
        throw Args.failure(
                "shape of input \"" + input.name() + "\"",
                "given, as no layer determines it: OnnxExport.write(net, file, InputType...)",
                "no input type");
    }

    private static NetVertex above(List<NetVertex> vertices, NetVertex below) {
        return vertices.stream()
                .filter(v ->
                        v.below().stream().anyMatch(b -> b.name().equals(below.name()) && b.index() == below.index()))
                .findFirst()
                .orElse(null);
    }

    private static long[] told(NetVertex vertex) {
        long[] prepared = told(vertex.preProcessor());
        return prepared != null ? prepared : told(LayerWrappers.inner(vertex.conf()));
    }

    private static long[] told(InputPreProcessor preProcessor) {
        if (preProcessor instanceof FeedForwardToCnnPreProcessor p) {
            return new long[] {OnnxValue.FREE, p.getNumChannels() * p.getInputHeight() * p.getInputWidth()};
        }
        return preProcessor instanceof CnnToFeedForwardPreProcessor p
                ? images(p.getFormat(), p.getNumChannels(), p.getInputHeight(), p.getInputWidth())
                : null;
    }

    private static long[] told(Layer layer) {
        long[] images = layer instanceof ListaConf own ? own.imageShape(OnnxValue.FREE) : null;
        if (images != null) {
            return images;
        }
        if (layer instanceof ConvolutionLayer convolution) {
            return images(convolution.getCnn2dDataFormat(), convolution.getNIn(), OnnxValue.FREE, OnnxValue.FREE);
        }
        return layer instanceof FeedForwardLayer rows && rows.getNIn() > 0
                ? new long[] {OnnxValue.FREE, rows.getNIn()}
                : null;
    }

    private static long[] images(CNN2DFormat format, long channels, long height, long width) {
        return format == CNN2DFormat.NHWC
                ? new long[] {OnnxValue.FREE, height, width, channels}
                : new long[] {OnnxValue.FREE, channels, height, width};
    }

    /** Requires as many input types as inputs. */
    static void requireCount(int inputs, InputType... types) {
        if (types.length != 0 && types.length != inputs) {
            throw Args.failure("input types", "one for each of the " + inputs + " inputs", Arrays.toString(types));
        }
    }
}
