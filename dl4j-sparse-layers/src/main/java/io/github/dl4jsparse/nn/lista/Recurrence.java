package io.github.dl4jsparse.nn.lista;

/** What the recurrent map S of an unrolled encoder is. */
public enum Recurrence {
    /**
     * Weights of its own: a matrix, or a convolution of the code map whose kernel reaches as far as two filters overlap. At the
     * start it is {@code I - a D'D}.
     */
    FREE,
    /**
     * The operator {@code I - a D'D} itself, applied through the decoder D, with a trained step size a. It has no weights but
     * a, knows the borders of an image, and costs two products of the decoder.
     */
    DICTIONARY
}
