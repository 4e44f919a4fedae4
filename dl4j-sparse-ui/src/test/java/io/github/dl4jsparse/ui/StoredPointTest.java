package io.github.dl4jsparse.ui;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.dl4jsparse.diagnostics.LayerMeasurement;
import io.github.dl4jsparse.diagnostics.TrainingPoint;
import io.github.dl4jsparse.nn.LossTerms;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoredPointTest {
    private static final TrainingPoint POINT = Points.of("first \u00e9", 5);

    private static StoredPoint stored(boolean announcement) {
        return new StoredPoint("session 1", "monitor", 1234567890123L, announcement ? null : POINT);
    }

    private static void assertSame(StoredPoint expected, StoredPoint actual) {
        assertEquals("session 1", actual.getSessionID());
        assertEquals("monitor", actual.getWorkerID());
        assertEquals(1234567890123L, actual.getTimeStamp());
        assertEquals(StoredPoint.TYPE_ID, actual.getTypeID());
        assertEquals(expected.point(), actual.point());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void isTheSameAfterEncodingOfEveryKind(boolean announcement) throws IOException {
        StoredPoint stored = stored(announcement);
        assertEquals(announcement ? Optional.empty() : Optional.of(POINT), stored.point());

        StoredPoint fromBytes = new StoredPoint();
        fromBytes.decode(stored.encode());
        assertSame(stored, fromBytes);

        ByteBuffer buffer = ByteBuffer.allocate(stored.encodingLengthBytes());
        stored.encode(buffer);
        assertEquals(0, buffer.remaining());
        buffer.flip();
        StoredPoint fromBuffer = new StoredPoint();
        fromBuffer.decode(buffer);
        assertSame(stored, fromBuffer);

        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        stored.encode(bytes);
        assertArrayEquals(stored.encode(), bytes.toByteArray());
    }

    @Test
    void isNeitherWrittenNorReadByJavasSerialisation() throws IOException {
        ByteArrayOutputStream serialised = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(serialised)) {
            out.writeObject(new Planted());
            assertThrows(NotSerializableException.class, () -> out.writeObject(stored(false)));
        }
        // what an earlier version wrote: the class, without fields, and bytes
        String bytes = serialised.toString(StandardCharsets.ISO_8859_1);
        String planted = Planted.class.getName();
        String own = StoredPoint.class.getName();
        byte[] renamed = bytes.replace((char) planted.length() + planted, (char) own.length() + own)
                .getBytes(StandardCharsets.ISO_8859_1);
        ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(renamed));
        String message =
                assertThrows(NotSerializableException.class, in::readObject).getMessage();
        assertEquals(
                own + " must be kept by encode(), as DL4J's InMemoryStatsStorage and FileStatsStorage do, got Java's"
                        + " serialisation",
                message);
    }

    /** Stands for a point in a stream of objects. */
    private static final class Planted implements Serializable {
        private static final long serialVersionUID = 1;
    }

    /** As version 1 wrote them: three terms without names, of which the last was 0 for layers that had two. */
    @ParameterizedTest
    @ValueSource(doubles = {0, 0.125})
    void readsPointsOfTheVersionWithoutNames(double prediction) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(1);
        out.writeUTF("session 1");
        out.writeUTF("monitor");
        out.writeLong(1234567890123L);
        out.writeBoolean(true);
        out.writeUTF("code");
        out.writeBoolean(true);
        out.writeLong(40);
        out.writeInt(3);
        for (double number : new double[] {2, 0.5, prediction, 7, Double.NaN, 0.25, 0.75, 0.9, 0.01}) {
            out.writeDouble(number);
        }
        StoredPoint stored = new StoredPoint();
        stored.decode(bytes.toByteArray());
        LossTerms two = LossTerms.of(2, 0.5);
        LossTerms terms = prediction == 0 ? two : two.with("prediction", prediction);
        assertEquals(
                new TrainingPoint(
                        "code", true, 40, 3, new LayerMeasurement(terms, 7, Double.NaN, 0.25, 0.75, 0.9, 0.01)),
                stored.point().orElseThrow());
    }

    @Test
    void refusesBytesThatAreCut() {
        byte[] whole = stored(false).encode();
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            StoredPoint target = new StoredPoint();
            assertEquals(
                    "stored point must be whole, got " + length + " bytes",
                    assertThrows(IllegalArgumentException.class, () -> target.decode(cut))
                            .getMessage());
        }
    }

    @Test
    void refusesBytesOfAnotherVersion() {
        byte[] bytes = stored(false).encode();
        bytes[3] = 9;
        assertEquals(
                "version of a stored point must be 1 or 2, got 9",
                assertThrows(IllegalArgumentException.class, () -> new StoredPoint().decode(bytes))
                        .getMessage());
    }
}
