/**
 * What every command does alike: options, directory, progress, {@code result.json}.
 * <p>Start reading at {@link io.github.dl4jsparse.examples.run.RunDirectory}.
 */
package io.github.dl4jsparse.examples.run;
