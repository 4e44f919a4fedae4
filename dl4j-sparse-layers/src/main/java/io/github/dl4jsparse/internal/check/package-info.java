/**
 * Checks of arguments and shapes, with one vocabulary of messages: name, rule, value.
 * <p>{@link io.github.dl4jsparse.internal.check.Args} is for numbers and objects, {@link io.github.dl4jsparse.internal.check.Shapes} for arrays.
 * <p>For this library alone: it may change in any version.
 */
package io.github.dl4jsparse.internal.check;
