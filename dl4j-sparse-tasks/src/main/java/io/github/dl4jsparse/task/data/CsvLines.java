package io.github.dl4jsparse.task.data;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.datavec.api.records.reader.impl.csv.CSVRecordReader;
import org.datavec.api.split.InputStreamInputSplit;
import org.datavec.api.writable.Writable;

/** The lines of a CSV file, packed by gzip or not, UTF-8 with or without a byte order mark, by DataVec's {@code CSVRecordReader}. */
final class CsvLines implements AutoCloseable {
    private static final int LONGEST_FIRST_LINE = 1 << 20;

    private final String file;
    private final InputStream in;
    private final CSVRecordReader reader;
    private int line;

    /** @throws IOException if there is no such file, or it can't be read; the message names it */
    CsvLines(Path path) throws IOException {
        file = path.toString();
        in = open(path);
        try {
            skipByteOrderMark();
            in.mark(LONGEST_FIRST_LINE + 1);
            char delimiter = CsvCells.delimiter(firstLine());
            in.reset();
            reader = new CSVRecordReader(delimiter);
            reader.initialize(new InputStreamInputSplit(in));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            in.close();
            throw new IOException(file + " was not read: interrupted", e);
        } catch (IOException | RuntimeException e) {
            in.close();
            throw failure(e);
        }
    }

    private static InputStream open(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            throw new IOException(path + " must be a CSV file, got a folder");
        }
        try {
            InputStream file = new BufferedInputStream(Files.newInputStream(path));
            file.mark(2);
            boolean packed = file.read() == 0x1f && file.read() == 0x8b;
            file.reset();
            return packed ? new BufferedInputStream(new GZIPInputStream(file, 1 << 16)) : file;
        } catch (NoSuchFileException e) {
            throw new IOException("the file " + path + " does not exist", e);
        } catch (IOException e) {
            throw new IOException(path + " can't be read: " + e.getMessage(), e);
        }
    }

    private void skipByteOrderMark() throws IOException {
        in.mark(3);
        if (in.read() != 0xef || in.read() != 0xbb || in.read() != 0xbf) {
            in.reset();
        }
    }

    private String firstLine() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int b = in.read(); b >= 0 && b != '\n' && bytes.size() < LONGEST_FIRST_LINE; b = in.read()) {
            bytes.write(b);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /**
     * The cells of the next line; null after the last.
     *
     * @throws IOException if the line can't be taken apart; the message names file and line
     */
    List<String> next() throws IOException {
        try {
            if (!reader.hasNext()) {
                return null;
            }
            line++;
            return reader.next().stream().map(Writable::toString).toList();
        } catch (RuntimeException e) {
            throw failure(e);
        }
    }

    /** The number of the line that was read last, from 1. */
    int line() {
        return line;
    }

    private IOException failure(Exception error) {
        Throwable cause = error.getCause() == null ? error : error.getCause();
        return new IOException(file + " can't be read as CSV, line " + line + ": " + cause.getMessage(), error);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
