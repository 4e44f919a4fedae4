/**
 * Training without labels or with few, and what is done with a trained network.
 * <p>{@link io.github.dl4jsparse.train.LayerwisePretrainer} trains the layers of a stack one after the other, {@link io.github.dl4jsparse.train.DataStart} starts them from
 * data, {@link io.github.dl4jsparse.train.PartlyLabelledIterator} mixes labelled and unlabelled examples. {@link io.github.dl4jsparse.train.Decoders},
 * {@link io.github.dl4jsparse.train.StandardLayers} and {@link io.github.dl4jsparse.train.UnitPruner} make another network of one.
 */
package io.github.dl4jsparse.train;
