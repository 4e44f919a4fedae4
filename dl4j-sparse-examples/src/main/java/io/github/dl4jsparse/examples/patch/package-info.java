/**
 * Dictionaries of image patches, as {@code dictionary} and {@code inhibition} learn them: options, training, structures of
 * a code, pruning of trees.
 * <p>Start reading at {@link io.github.dl4jsparse.examples.patch.PatchTraining} and
 * {@link io.github.dl4jsparse.examples.patch.CodeStructure}.
 */
package io.github.dl4jsparse.examples.patch;
