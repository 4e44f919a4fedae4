/**
 * Penalties on codes, and the energy that codes minimise.
 * <p>\[ E(x, z) = \tfrac12 \lVert x - D z \rVert_2^2 + \mathrm{penalty}(z) \]
 * {@link io.github.dl4jsparse.energy.Penalty} has a value and a gradient, {@link io.github.dl4jsparse.energy.Proximal} a proximal operator too,
 * {@link io.github.dl4jsparse.energy.LearnedPenalty} parameters of its own. Start at {@link io.github.dl4jsparse.energy.Energy}.
 * <p>Notation: x is an input {@code [batch, nIn]}, z its code {@code [batch, nCode]}, D the dictionary with an atom in each column
 * {@code [nIn, nCode]}.
 */
@NullMarked
package io.github.dl4jsparse.energy;

import org.jspecify.annotations.NullMarked;
