package io.github.dl4jsparse.ui;

import io.github.dl4jsparse.diagnostics.LayerMeasurement;
import io.github.dl4jsparse.diagnostics.TrainingPoint;
import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.nn.LossTerms;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.NotSerializableException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.core.storage.Persistable;

/**
 * A {@link TrainingPoint} as a record of a {@code StatsStorage} of Deeplearning4j, in memory, in a file or in another
 * process; without a point, it is the announcement of a session.
 *
 * <p>It is written and read by {@link #encode} and {@link #decode} only, never by Java's serialisation, so that reading
 * creates no objects of other classes; a storage that uses serialisation, such as DL4J's {@code J7FileStatsStorage},
 * gets a {@link NotSerializableException}.
 * <p>The bytes are a version, the session, the worker, the time and the numbers of the point, those of the loss with the names of
 * its terms, as a {@link DataOutputStream} writes them. Those of version 1, which had no names, are read; those of another are refused
 * with an {@link IllegalArgumentException}.
 */
public final class StoredPoint implements Persistable {
    /** The kind of record among those of other listeners. */
    public static final String TYPE_ID = "SparseLayers";

    private static final long serialVersionUID = 1;
    private static final int VERSION = 2;
    /** The version with three unnamed terms of the loss. */
    private static final int UNNAMED = 1;

    private transient String session = "";
    private transient String worker = "";
    private transient long time;
    private transient TrainingPoint point;

    /** To be {@link #decode(byte[]) decoded}, as storages make them. */
    public StoredPoint() {}

    /** @param point null for an announcement */
    StoredPoint(String session, String worker, long time, TrainingPoint point) {
        this.session = session;
        this.worker = worker;
        this.time = time;
        this.point = point;
    }

    /** The point; empty for an announcement. */
    public Optional<TrainingPoint> point() {
        return Optional.ofNullable(point);
    }

    @Override
    public String getSessionID() {
        return session;
    }

    @Override
    public String getTypeID() {
        return TYPE_ID;
    }

    @Override
    public String getWorkerID() {
        return worker;
    }

    @Override
    public long getTimeStamp() {
        return time;
    }

    @Override
    public int encodingLengthBytes() {
        return encode().length;
    }

    @Override
    public byte[] encode() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            encode(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    @Override
    public void encode(ByteBuffer buffer) {
        buffer.put(encode());
    }

    @Override
    public void encode(OutputStream outputStream) throws IOException {
        DataOutputStream out = new DataOutputStream(outputStream);
        out.writeInt(VERSION);
        out.writeUTF(session);
        out.writeUTF(worker);
        out.writeLong(time);
        out.writeBoolean(point != null);
        if (point != null) {
            out.writeUTF(point.layer());
            out.writeBoolean(point.pretraining());
            out.writeLong(point.updates());
            out.writeInt(point.epochs());
            write(point.measurement(), out);
        }
        out.flush();
    }

    private static void write(LayerMeasurement m, DataOutputStream out) throws IOException {
        out.writeInt(m.energy().terms().size());
        for (LossTerms.Term term : m.energy().terms()) {
            out.writeUTF(term.name());
            out.writeDouble(term.value());
        }
        double[] numbers = {
            m.meanActiveUnits(),
            m.meanActiveGroups(),
            m.deadFraction(),
            m.explainedVariance(),
            m.coherence(),
            m.excess()
        };
        for (double number : numbers) {
            out.writeDouble(number);
        }
    }

    @Override
    public void decode(byte[] decode) {
        try {
            decode(new ByteArrayInputStream(decode));
        } catch (IOException e) {
            throw Args.failure("stored point", "whole", decode.length + " bytes");
        }
    }

    @Override
    public void decode(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        decode(bytes);
    }

    @Override
    public void decode(InputStream inputStream) throws IOException {
        DataInputStream in = new DataInputStream(inputStream);
        int version = in.readInt();
        if (version != VERSION && version != UNNAMED) {
            throw Args.failure("version of a stored point", UNNAMED + " or " + VERSION, version);
        }
        session = in.readUTF();
        worker = in.readUTF();
        time = in.readLong();
        point = in.readBoolean()
                ? new TrainingPoint(
                        in.readUTF(),
                        in.readBoolean(),
                        in.readLong(),
                        in.readInt(),
                        measurement(terms(version, in), in))
                : null;
    }

    private void writeObject(ObjectOutputStream out) throws IOException {
        throw notSerializable();
    }

    private void readObject(ObjectInputStream in) throws IOException {
        throw notSerializable();
    }

    private static IOException notSerializable() {
        return new NotSerializableException(
                StoredPoint.class.getName()
                        + " must be kept by encode(), as DL4J's InMemoryStatsStorage and FileStatsStorage do, got Java's serialisation");
    }

    private static LayerMeasurement measurement(LossTerms energy, DataInputStream in) throws IOException {
        return new LayerMeasurement(
                energy,
                in.readDouble(),
                in.readDouble(),
                in.readDouble(),
                in.readDouble(),
                in.readDouble(),
                in.readDouble());
    }

    private static LossTerms terms(int version, DataInputStream in) throws IOException {
        if (version == UNNAMED) {
            LossTerms terms = LossTerms.of(in.readDouble(), in.readDouble());
            double prediction = in.readDouble();
            // that version wrote 0 for layers without prediction
            return prediction == 0 ? terms : terms.with(LossTerms.PREDICTION, prediction);
        }
        List<LossTerms.Term> terms = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            terms.add(new LossTerms.Term(in.readUTF(), in.readDouble()));
        }
        return new LossTerms(terms);
    }
}
