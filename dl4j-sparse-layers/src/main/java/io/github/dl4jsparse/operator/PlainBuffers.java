package io.github.dl4jsparse.operator;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.ToIntFunction;

/**
 * Java arrays that each thread reuses: the JVM clears every new array, and the operating system maps new pages for it.
 *
 * @param <A> {@code float[]} or {@code double[]}
 */
final class PlainBuffers<A> {
    /** The purpose of an array; a computation has one array for each. */
    enum Use {
        IMAGES,
        PIXELS,
        PLANE,
        SHIFTED
    }

    private final ThreadLocal<Map<Use, A>> kept = ThreadLocal.withInitial(() -> new EnumMap<>(Use.class));
    private final IntFunction<A> make;
    private final ToIntFunction<A> length;

    PlainBuffers(IntFunction<A> make, ToIntFunction<A> length) {
        this.make = make;
        this.length = length;
    }

    /** The calling thread's array for a purpose, of at least this length and with arbitrary content. */
    A of(Use use, int numbers) {
        return kept.get()
                .compute(
                        use,
                        (u, buffer) ->
                                buffer == null || length.applyAsInt(buffer) < numbers ? make.apply(numbers) : buffer);
    }
}
