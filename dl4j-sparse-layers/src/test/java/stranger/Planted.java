package stranger;

import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.OutputStream;
import java.io.Serializable;
import org.nd4j.linalg.dataset.api.preprocessor.DataNormalization;
import org.nd4j.linalg.dataset.api.preprocessor.serializer.CustomSerializerStrategy;

/** A class whose code must not run because a file names it: it must not even be initialised. */
public final class Planted extends CustomSerializerStrategy<DataNormalization> implements Serializable {
    private static final long serialVersionUID = 1;

    static {
        Evidence.leave();
    }

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
        in.defaultReadObject();
        Evidence.leave();
    }

    @Override
    public Class<DataNormalization> getSupportedClass() {
        return DataNormalization.class;
    }

    @Override
    public void write(DataNormalization normalizer, OutputStream stream) {
        Evidence.leave();
    }

    @Override
    public DataNormalization restore(InputStream stream) {
        Evidence.leave();
        return null;
    }
}
