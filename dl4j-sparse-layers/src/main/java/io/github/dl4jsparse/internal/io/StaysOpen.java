package io.github.dl4jsparse.internal.io;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** A stream whose {@code close} only flushes: DL4J, and zip writers, close streams that others still need. */
public final class StaysOpen extends FilterOutputStream {
    /** A filter of a stream that stays open. */
    public StaysOpen(OutputStream out) {
        super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
        flush();
    }
}
