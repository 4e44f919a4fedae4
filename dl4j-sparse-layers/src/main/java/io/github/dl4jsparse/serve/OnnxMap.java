package io.github.dl4jsparse.serve;

/** A linear map between the images and the codes of an encoder, in ONNX's operators. */
interface OnnxMap {
    /** The codes of images: each filter's product with what it sees. */
    OnnxValue toCode(OnnxValue images);

    /** The images of codes, the adjoint: the filters times their units, added up. */
    OnnxValue toImage(OnnxValue code);
}
