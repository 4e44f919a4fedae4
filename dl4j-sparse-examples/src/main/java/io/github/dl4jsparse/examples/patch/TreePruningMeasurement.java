package io.github.dl4jsparse.examples.patch;

import java.util.List;
import java.util.Locale;

/**
 * A tree before and after pruning, on held-out patches; its names are keys of {@code result.json}. Energies are means per
 * patch, of codes that are as exact as the solver makes them.
 *
 * @param unitsBefore      nodes of the tree that has grown too large
 * @param unitsAfter       nodes that are left
 * @param parametersBefore of the network
 * @param parametersAfter  of the smaller network
 * @param nodesByDepth     nodes that are left at each depth, the root first
 * @param energyBefore     with all nodes
 * @param energyPruned     with the nodes that are left, before more training
 * @param energyRetrained  after it
 * @param energySameShape  with a tree of the shape that is left, started from other patches and trained as often as the
 *                         pruned one before and after together
 * @param energyRegular    with a tree of that size in which all nodes of a level have as many children, trained like that
 * @param unitsRegular     nodes of that tree: no more than are left
 */
public record TreePruningMeasurement(
        int unitsBefore,
        int unitsAfter,
        long parametersBefore,
        long parametersAfter,
        List<Integer> nodesByDepth,
        double energyBefore,
        double energyPruned,
        double energyRetrained,
        double energySameShape,
        double energyRegular,
        int unitsRegular) {

    /** A few lines for people. */
    public String summary() {
        return String.format(
                Locale.ROOT,
                "Pruning: %d of %d units stay, by depth %s; %d of %d parameters%n"
                        + "Energy a patch: %.3f before, %.3f after (%+.2f %%), %.3f after more training (%+.2f %%)%n"
                        + "Trained from the start: %.3f (%+.2f %%) with a tree of that shape, %.3f (%+.2f %%) with a regular"
                        + " one of %d units",
                unitsAfter,
                unitsBefore,
                nodesByDepth,
                parametersAfter,
                parametersBefore,
                energyBefore,
                energyPruned,
                risen(energyPruned),
                energyRetrained,
                risen(energyRetrained),
                energySameShape,
                risen(energySameShape),
                energyRegular,
                risen(energyRegular),
                unitsRegular);
    }

    private double risen(double energy) {
        return 100 * (energy / energyBefore - 1);
    }
}
