package io.github.dl4jsparse.operator;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.ToIntFunction;

/**
 * Plain arrays that each thread keeps and uses again, because the JVM clears every new one and the system gives it new pages.
 *
 * @param <A> {@code float[]} or {@code double[]}
 */
final class PlainBuffers<A> {
    /** What an array is for; a computation uses each only once at a time. */
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

    /** The calling thread's array for a use, at least so long; what is in it is of no use. */
    A of(Use use, int numbers) {
        return kept.get()
                .compute(
                        use,
                        (u, buffer) ->
                                buffer == null || length.applyAsInt(buffer) < numbers ? make.apply(numbers) : buffer);
    }
}
