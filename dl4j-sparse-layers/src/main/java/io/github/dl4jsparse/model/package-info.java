/**
 * Model files with a seal, read without trust.
 * <p>{@link io.github.dl4jsparse.model.ModelFile} writes and reads, {@link io.github.dl4jsparse.model.ModelFile.Reader} is told of types that are neither this library's nor DL4J's.
 */
@NullMarked
package io.github.dl4jsparse.model;

import org.jspecify.annotations.NullMarked;
