/**
 * The non-linearity of an unrolled step, with thresholds that are learned.
 * <p>Start at {@link io.github.dl4jsparse.shrinkage.Shrinkage}: soft and non-negative ones are constants of it,
 * {@link io.github.dl4jsparse.shrinkage.GroupShrinkage} has a threshold for each group, {@link io.github.dl4jsparse.shrinkage.ProximalShrinkage} is the proximal
 * operator of any penalty.
 * <p>Notation: v is the drive of the units, theta the thresholds, z the code.
 */
@NullMarked
package io.github.dl4jsparse.shrinkage;

import org.jspecify.annotations.NullMarked;
