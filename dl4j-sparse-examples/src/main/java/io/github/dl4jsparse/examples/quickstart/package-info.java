/**
 * Programs to copy: each is one file that uses the library alone.
 * <p>Start reading at {@link io.github.dl4jsparse.examples.quickstart.FirstNetwork}.
 */
package io.github.dl4jsparse.examples.quickstart;
