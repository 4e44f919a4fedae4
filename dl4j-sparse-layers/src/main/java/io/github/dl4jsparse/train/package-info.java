/**
 * Training without labels or with few, and transformations of trained networks.
 * <p>{@link io.github.dl4jsparse.train.LayerwisePretrainer} trains the layers of a stack one after the other, {@link io.github.dl4jsparse.train.DataStart} starts them from
 * data, {@link io.github.dl4jsparse.train.PartlyLabelledIterator} mixes labelled and unlabelled examples. {@link io.github.dl4jsparse.train.Decoders},
 * {@link io.github.dl4jsparse.train.StandardLayers} and {@link io.github.dl4jsparse.train.UnitPruner} convert a network to another one.
 * <p>Notation: a stage is a layer that is trained by itself; x is its input, z its code, D its dictionary.
 */
@NullMarked
package io.github.dl4jsparse.train;

import org.jspecify.annotations.NullMarked;
