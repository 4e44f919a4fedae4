package io.github.dl4jsparse.diagnostics;

import java.awt.geom.Path2D;
import java.awt.geom.Point2D;

/**
 * A radial layout of a forest: units lie on concentric rings, a ring for each depth.
 * <p>Each unit has a sector as wide as its leaves' share of the circle, and lies in the middle of it; its children share
 * the sector. No two units are closer than {@code pitch}, and no branch comes closer than half of it to a unit that it
 * does not join. A single root is the centre.
 */
final class RadialLayout {
    /** Smallest distance of two rings, in pitches. */
    private static final double RING_DISTANCE = 1.75;
    /** Distance of two rings as a fraction of the longest arc that a branch between them follows. */
    private static final double BEND = 0.35;
    /** Upper bound of the distance of two rings that comes from such arcs, in pitches. */
    private static final double WIDEST_BEND = 4;

    private static final int CURVE_POINTS = 64;

    private final Forest forest;
    private final double pitch;
    private final double[] angles;
    private final double[] radii;

    private RadialLayout(Forest forest, double pitch) {
        this.forest = forest;
        this.pitch = pitch;
        this.angles = angles(forest);
        this.radii = spaced();
    }

    static RadialLayout of(Forest forest, double pitch) {
        return new RadialLayout(forest, pitch);
    }

    private static double[] angles(Forest forest) {
        int[] leaves = new int[forest.units()];
        int all = 0;
        for (int place = leaves.length - 1; place >= 0; place--) {
            int unit = forest.inOrder(place);
            leaves[unit] = Math.max(1, leaves[unit]);
            if (forest.parent(unit) >= 0) {
                leaves[forest.parent(unit)] += leaves[unit];
            } else {
                all += leaves[unit];
            }
        }
        double leaf = 2 * Math.PI / all;
        double[] starts = new double[leaves.length];
        double[] angles = new double[leaves.length];
        assignSectors(forest.roots(), 0, starts, leaves);
        for (int place = 0; place < leaves.length; place++) {
            int unit = forest.inOrder(place);
            assignSectors(forest.children(unit), starts[unit], starts, leaves);
            // from the top, clockwise
            angles[unit] = leaf * (starts[unit] + leaves[unit] / 2.0) - Math.PI / 2;
        }
        return angles;
    }

    private static void assignSectors(Iterable<Integer> siblings, double start, double[] starts, int[] leaves) {
        double next = start;
        for (int unit : siblings) {
            starts[unit] = next;
            next += leaves[unit];
        }
    }

    private double[] spaced() {
        int rings = 1 + forest.depth(forest.inOrder(angles.length - 1));
        double[] radii = new double[rings];
        for (int ring = 0, start = 0; ring < rings; ring++) {
            int end = start;
            while (end < angles.length && forest.depth(forest.inOrder(end)) == ring) {
                end++;
            }
            radii[ring] = room(start, end);
            if (ring > 0) {
                double bend = pitch + BEND * radii[ring - 1] * widestTurn(start, end);
                double distance = Math.max(RING_DISTANCE * pitch, Math.min(bend, WIDEST_BEND * pitch));
                radii[ring] = Math.max(radii[ring], radii[ring - 1] + distance);
            }
            start = end;
        }
        // rings that are closer to the centre than evenly spaced ones move outwards, which keeps all distances
        double step = (radii[rings - 1] - radii[0]) / Math.max(1, rings - 1);
        for (int ring = 0; ring < rings; ring++) {
            radii[ring] = Math.max(radii[ring], radii[0] + ring * step);
        }
        return radii;
    }

    /**
     * The smallest radius at which no two units of a ring are closer than the pitch; the units are those of the order
     * from start to before end.
     */
    private double room(int start, int end) {
        double closest = Math.PI;
        for (int place = start; place < end; place++) {
            double next = place + 1 < end ? angle(place + 1) : angle(start) + 2 * Math.PI;
            closest = Math.min(closest, next - angle(place));
        }
        return end - start == 1 ? 0 : pitch / (2 * Math.sin(closest / 2));
    }

    private double widestTurn(int start, int end) {
        double widest = 0;
        for (int place = start; place < end; place++) {
            widest = Math.max(widest, Math.abs(angle(place) - angles[forest.parent(forest.inOrder(place))]));
        }
        return widest;
    }

    private double angle(int place) {
        return angles[forest.inOrder(place)];
    }

    /** The radius of each ring; not to be modified. */
    double[] radii() {
        return radii;
    }

    /** Where a unit is, from the centre. */
    Point2D centre(int unit) {
        return at(radii[forest.depth(unit)], angles[unit]);
    }

    /** The line from a unit's parent to it: its radius never decreases, and it turns only between the rings. */
    Path2D branch(int unit) {
        int parent = forest.parent(unit);
        double inner = radii[forest.depth(parent)];
        double outer = radii[forest.depth(unit)];
        double start = inner > 0 ? angles[parent] : angles[unit];
        Path2D line = new Path2D.Double();
        for (int k = 0; k <= CURVE_POINTS; k++) {
            double radius = inner + (outer - inner) * k / CURVE_POINTS;
            double t = (radius - inner - pitch / 2) / (outer - inner - pitch);
            double bounded = Math.max(0, Math.min(1, t));
            double turned = bounded * bounded * (3 - 2 * bounded);
            Point2D point = at(radius, start + turned * (angles[unit] - start));
            if (k == 0) {
                line.moveTo(point.getX(), point.getY());
            } else {
                line.lineTo(point.getX(), point.getY());
            }
        }
        return line;
    }

    private static Point2D at(double radius, double angle) {
        return new Point2D.Double(radius * Math.cos(angle), radius * Math.sin(angle));
    }
}
