/**
 * Model files with a seal, read without trust.
 * <p>{@link io.github.dl4jsparse.model.ModelFile} writes and reads networks with their normaliser and with bytes of the program's own;
 * {@link io.github.dl4jsparse.model.ModelFile.Reader} may allow types that are neither this library's nor DL4J's.
 * <p>Notation: an entry is a file of the archive, the seal the hash of all entries.
 */
@NullMarked
package io.github.dl4jsparse.model;

import org.jspecify.annotations.NullMarked;
