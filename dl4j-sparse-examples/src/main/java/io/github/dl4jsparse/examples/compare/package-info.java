/**
 * The command {@code compare}: our networks beside Deeplearning4j's own, with few labels.
 * <p>Start reading at {@link io.github.dl4jsparse.examples.compare.Contender}: one row of the table is one class that
 * says which settings are tried ({@link io.github.dl4jsparse.examples.compare.Grid}) and how a network is trained.
 * {@link io.github.dl4jsparse.examples.compare.Search} gives every row the same number of trials on the same images;
 * {@link io.github.dl4jsparse.examples.compare.Contenders} lists the rows.
 */
package io.github.dl4jsparse.examples.compare;
