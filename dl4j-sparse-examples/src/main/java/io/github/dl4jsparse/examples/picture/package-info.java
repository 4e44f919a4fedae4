/**
 * The look of pictures and charts: fonts, colours, captions.
 * <p>Start reading at {@link io.github.dl4jsparse.examples.picture.Canvas}.
 */
package io.github.dl4jsparse.examples.picture;
