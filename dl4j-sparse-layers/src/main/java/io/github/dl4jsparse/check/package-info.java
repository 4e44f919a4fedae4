/**
 * Checks of arguments and shapes, with one vocabulary of messages: name, rule, value.
 * <p>{@link io.github.dl4jsparse.check.Args} is for numbers and objects, {@link io.github.dl4jsparse.check.Shapes} for arrays.
 */
package io.github.dl4jsparse.check;
