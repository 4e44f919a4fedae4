/**
 * The program {@code sparse}: its commands, how it reads options and how it reports errors.
 * <p>Start reading at {@link io.github.dl4jsparse.examples.cli.SparseCommand}.
 */
package io.github.dl4jsparse.examples.cli;
