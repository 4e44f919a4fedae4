/**
 * Data of the commands: digits, IDX files, photographs and patches of them.
 * <p>Start reading at {@link io.github.dl4jsparse.examples.data.Digits} and
 * {@link io.github.dl4jsparse.examples.data.NaturalPatches}.
 */
package io.github.dl4jsparse.examples.data;
