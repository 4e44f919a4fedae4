/**
 * Lateral inhibition {@code alpha |z|' S |z|} on the activations of any network.
 * <p>{@link io.github.dl4jsparse.nn.inhibition.LateralInhibitionLayer}, as an energy or as unrolled steps; S is set by the user or learned.
 * <p>Notation: z are the activations {@code [batch, units]}, S the inhibition matrix {@code [units, units]}, alpha its weight.
 */
@NullMarked
package io.github.dl4jsparse.nn.inhibition;

import org.jspecify.annotations.NullMarked;
