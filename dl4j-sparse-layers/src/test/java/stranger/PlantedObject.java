package stranger;

import java.io.Serializable;

/** As {@link PlantedToo}, for objects that Java serialised. */
public final class PlantedObject implements Serializable {
    private static final long serialVersionUID = 1;

    static {
        Evidence.leave();
    }
}
