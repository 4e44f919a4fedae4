/**
 * The command {@code inhibition}: dictionaries whose units inhibit one another, with S given or learned.
 * <p>Start reading at {@link io.github.dl4jsparse.examples.inhibition.InhibitionCommand}.
 */
package io.github.dl4jsparse.examples.inhibition;
