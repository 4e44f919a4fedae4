/**
 * The command {@code dictionary}: dictionaries of natural images with structured penalties, and encoders beside the solver.
 * <p>Start reading at {@link io.github.dl4jsparse.examples.dictionary.DictionaryCommand}.
 */
package io.github.dl4jsparse.examples.dictionary;
