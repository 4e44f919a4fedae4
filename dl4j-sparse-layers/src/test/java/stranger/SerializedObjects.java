package stranger;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;

/** Objects as Java serialises them, of classes that are not initialised for it. */
public final class SerializedObjects {
    private SerializedObjects() {}

    /** @param type name of a class with the serial version 1 and no fields */
    public static byte[] of(String type) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(new Planned());
        }
        String planned = Planned.class.getName();
        return bytes.toString(StandardCharsets.ISO_8859_1)
                .replace((char) planned.length() + planned, (char) type.length() + type)
                .getBytes(StandardCharsets.ISO_8859_1);
    }
}
