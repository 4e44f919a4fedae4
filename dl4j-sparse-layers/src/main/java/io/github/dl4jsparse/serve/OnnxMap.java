package io.github.dl4jsparse.serve;

/** A linear map between the images and the codes of an encoder, in ONNX's operators. */
interface OnnxMap {
    /** The codes of images: the products of the filters with their receptive fields. */
    OnnxValue toCode(OnnxValue images);

    /** The adjoint, images from codes: the sum of the filters times their units. */
    OnnxValue toImage(OnnxValue code);
}
