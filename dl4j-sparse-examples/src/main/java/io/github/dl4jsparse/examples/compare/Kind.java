package io.github.dl4jsparse.examples.compare;

/** Which rows are ours, and which rows they are compared with. */
enum Kind {
    /** Ours, of dense layers: compared with {@link #DENSE}. */
    OUR_DENSE,
    /** Ours, convolutional: compared with {@link #CONVOLUTIONAL}, and with {@link #DENSE} where that is better. */
    OUR_CONVOLUTIONAL,
    /** Without convolutions. */
    DENSE,
    /** With convolutions. */
    CONVOLUTIONAL;

    /** Whether the row is one of ours. */
    boolean ours() {
        return this == OUR_DENSE || this == OUR_CONVOLUTIONAL;
    }

    /** Whether a row of this kind is compared with rows of another. */
    boolean comparedWith(Kind other) {
        return switch (this) {
            case OUR_DENSE -> other == DENSE;
            case OUR_CONVOLUTIONAL -> other == DENSE || other == CONVOLUTIONAL;
            default -> false;
        };
    }
}
