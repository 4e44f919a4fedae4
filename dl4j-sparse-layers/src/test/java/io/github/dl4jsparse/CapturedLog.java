package io.github.dl4jsparse;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log output of this library from the creation of this object until it is closed, in the format of slf4j-simple.
 */
public final class CapturedLog implements AutoCloseable {
    private static final int INFO = 20;

    private final PrintStream before = System.err;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Map<Logger, Integer> levels = new LinkedHashMap<>();

    /** @param informed classes whose loggers speak from INFO on */
    public CapturedLog(Class<?>... informed) {
        for (Class<?> type : informed) {
            Logger log = LoggerFactory.getLogger(type);
            levels.put(log, level(log, INFO));
        }
        System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    }

    /** The lines of one level, without what stands before the message. */
    public List<String> lines(String level) {
        return bytes.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.contains(" " + level + " io.github.dl4jsparse."))
                .map(line -> line.substring(line.indexOf(" - ") + 3))
                .toList();
    }

    /** The warnings. */
    public List<String> warnings() {
        return lines("WARN");
    }

    @Override
    public void close() {
        System.setErr(before);
        levels.forEach(CapturedLog::level);
    }

    /** Sets the level of a logger, and gives the one before. */
    private static int level(Logger log, int level) {
        try {
            Field field = log.getClass().getDeclaredField("currentLogLevel");
            field.setAccessible(true);
            int old = field.getInt(log);
            field.setInt(log, level);
            return old;
        } catch (ReflectiveOperationException e) {
            throw new AssertionError("tests log with slf4j-simple, got " + log.getClass(), e);
        }
    }
}
