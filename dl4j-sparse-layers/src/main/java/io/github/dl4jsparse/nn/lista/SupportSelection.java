package io.github.dl4jsparse.nn.lista;

import io.github.dl4jsparse.internal.check.Args;
import java.io.Serializable;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Support selection: the number of the largest units that a step of an unrolled encoder does not shrink; one of the
 * choices of {@link ListaConf}.
 * <p>\[ z_i = u_i \;\text{ if } |u_i| \text{ is one of the } p_k \text{ largest and } |u_i| > \theta_i, \qquad
 * z_i = \eta_{\theta}(u)_i \;\text{ otherwise} \]
 * \[ p_k = \left\lfloor n \min(r (k + 1), m) \right\rfloor \]
 * where n is the number of units that are shrunk together, all of an example or, in convolutional layers, those of a
 * position; r is the growth per step and m the largest share. For non-negative codes the largest {@code u_i} are
 * selected. Of equal magnitudes the unit of lower index is selected. The selection has no gradient.
 * <p>Reference: Chen, Liu, Wang and Yin, Theoretical linear convergence of unfolded ISTA and its practical weights and thresholds,
 * NeurIPS 2018, with r = .012 and m = .13 for 500 units.
 *
 * @param growth r, share of the units per step, 0 to 1
 * @param most   m, the largest share, 0 to 1; 0 for no selection
 */
public record SupportSelection(@JsonProperty("growth") double growth, @JsonProperty("most") double most)
        implements Serializable {
    private static final long serialVersionUID = 1;

    /** Every unit is shrunk. */
    public static final SupportSelection NONE = new SupportSelection(0, 0);

    /** @throws IllegalArgumentException if a share is not in 0 to 1 */
    @JsonCreator
    public SupportSelection {
        Args.inRange("growth", growth, 0, 1);
        Args.inRange("most", most, 0, 1);
    }

    /** A share of the units that grows with every step up to a largest one. */
    public static SupportSelection share(double growth, double most) {
        return new SupportSelection(growth, most);
    }

    /**
     * A number of units that grows in equal steps.
     *
     * @param last  selected units in the last step
     * @param units that are shrunk together
     * @param steps K
     */
    public static SupportSelection count(int last, int units, int steps) {
        double most = (double) Args.inRange("last", last, 0, units) / units;
        return new SupportSelection(most / Args.atLeast("steps", steps, 1), most);
    }

    boolean isNone() {
        return growth == 0 || most == 0;
    }

    /** The number p of selected units in a step. */
    int count(int step, int units) {
        // an excess below this is rounding error
        return (int) Math.floor(units * Math.min(growth * (step + 1), most) + 1e-9);
    }
}
