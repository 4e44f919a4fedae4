package stranger;

import java.io.Serializable;

/** A class whose objects are written and then renamed to {@link Planted}, whose creation would run its code. */
public final class Planned implements Serializable {
    private static final long serialVersionUID = 1;
}
