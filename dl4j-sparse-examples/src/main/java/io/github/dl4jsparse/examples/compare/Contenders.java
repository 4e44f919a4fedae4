package io.github.dl4jsparse.examples.compare;

import java.util.List;

/** All rows of the table. */
final class Contenders {
    private Contenders() {}

    /** In the order of the table. */
    static List<Contender<?>> all() {
        return List.of(
                new LogisticRegression(),
                new PrincipalComponents(),
                new DenseNetwork(),
                new AutoEncoderNetwork(),
                new VariationalNetwork(),
                new SparseDense(false),
                new SparseDense(true),
                new ConvolutionalNetwork(),
                new SparseConvolutional(false),
                new SparseConvolutional(true));
    }
}
