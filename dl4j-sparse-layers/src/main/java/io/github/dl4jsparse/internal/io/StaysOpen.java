package io.github.dl4jsparse.internal.io;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Passes writes on and turns closing into flushing: DL4J, and zip writers, close what they are given. */
public final class StaysOpen extends FilterOutputStream {
    /** A stream before another, which stays open. */
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
