/**
 * The command {@code drsae}: a discriminative recurrent sparse auto-encoder on digits.
 * <p>Start reading at {@link io.github.dl4jsparse.examples.drsae.DrsaeCommand}.
 */
package io.github.dl4jsparse.examples.drsae;
