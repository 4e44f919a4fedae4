package io.github.dl4jsparse.serve;

import io.github.dl4jsparse.nn.lista.ListaConf;

/**
 * The parts of an encoder's input: images and, in the channels after theirs, a pixel mask and a noise level, where the
 * layer has them.
 *
 * @param images divided by the scale of the input
 * @param mask   weights of the pixels, {@code [batch, 1, height, width]}; null for none
 * @param level  sigma of each image, divided as the image is, {@code [batch, 1, 1, 1]}; null for none
 */
record OnnxEncoderInput(OnnxValue images, OnnxValue mask, OnnxValue level) {
    /**
     * The parts of an input.
     *
     * @param input in the order of the wiring
     */
    static OnnxEncoderInput of(ListaConf conf, OnnxValue input, double scale) {
        boolean mask = conf.takesPixelMask();
        boolean level = conf.takesNoiseLevel();
        if (!mask && !level) {
            return new OnnxEncoderInput(input.times(1 / scale), null, null);
        }
        long last = conf.getNIn() - 1;
        long first = conf.getNIn() - (mask ? 1 : 0) - (level ? 1 : 0);
        return new OnnxEncoderInput(
                channels(input, 0, first).times(1 / scale),
                mask ? channels(input, first, first + 1) : null,
                level ? channels(input, last, last + 1).mean(2, 3).times(1 / scale) : null);
    }

    private static OnnxValue channels(OnnxValue input, long from, long until) {
        OnnxGraph graph = input.graph();
        long[] shape = input.shape();
        shape[1] = until - from;
        return graph.node("Slice", input, graph.integers(from), graph.integers(until), graph.integers(1))
                .to(shape);
    }

    /**
     * The weights of the pixels.
     *
     * @param border that are the same for all images; null for equal ones
     * @return null for equal ones
     */
    OnnxValue pixelWeights(OnnxValue border) {
        return mask == null ? border : border == null ? mask : mask.times(border);
    }
}
