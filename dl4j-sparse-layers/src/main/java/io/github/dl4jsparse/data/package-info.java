/**
 * Patches of images, whitening, contrast normalisation: arrays in, arrays out.
 * <p>{@link io.github.dl4jsparse.data.PatchSampler} draws patches, {@link io.github.dl4jsparse.data.PatchGrid} takes all of an image and
 * {@link io.github.dl4jsparse.data.PatchAverage} puts them together again; normalisers are DL4J's, and saved with the model.
 */
package io.github.dl4jsparse.data;
