/**
 * The command {@code stack}: stacked convolutional auto-encoders with group sparsity, then few labels.
 * <p>Start reading at {@link io.github.dl4jsparse.examples.stack.StackCommand}.
 */
package io.github.dl4jsparse.examples.stack;
