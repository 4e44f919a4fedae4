/**
 * Files that appear whole or not at all, arrays as bytes that are read without trust.
 * <p>For this library alone: no public signature outside of it names a type of this package, and it may change in any version.
 */
package io.github.dl4jsparse.internal;
