/**
 * Files that appear whole or not at all, arrays as bytes that are read without trust.
 * <p>For this library alone: it may change in any version.
 */
package io.github.dl4jsparse.internal.io;
