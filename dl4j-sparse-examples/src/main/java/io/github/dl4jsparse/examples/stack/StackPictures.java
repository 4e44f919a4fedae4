package io.github.dl4jsparse.examples.stack;

import io.github.dl4jsparse.diagnostics.FilterSheet;
import io.github.dl4jsparse.examples.picture.Canvas;
import io.github.dl4jsparse.examples.picture.FilterZoom;
import io.github.dl4jsparse.group.Groups;
import io.github.dl4jsparse.nn.UnsupervisedLayer;
import io.github.dl4jsparse.nn.lista.ListaLayer;
import java.awt.image.BufferedImage;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The pictures of {@code stack}: filters of both stages and reconstructions of images. */
final class StackPictures {
    private static final int SHOWN = 12;
    private static final int COLUMNS = 16;

    private final StackSettings settings;
    private final MultiLayerNetwork net;

    /** @param net pre-trained, with its decoders */
    StackPictures(StackSettings settings, MultiLayerNetwork net) {
        this.settings = settings;
        this.net = net;
    }

    private INDArray dictionary(int layer) {
        return net.getLayer(layer).getParam(ListaLayer.DECODER);
    }

    /** The filters of the lower decoder. */
    BufferedImage lower() {
        int kernel = settings.first().kernel();
        BufferedImage sheet = new FilterSheet(kernel, kernel, COLUMNS, FilterZoom.of(kernel))
                .draw(dictionary(StackNetworks.FIRST).dup('c'));
        return Canvas.titled("First stage", "filters of the decoder; neighbours share pools", sheet);
    }

    /** The filters of each pool of the lower stage beside each other, a tile a pool. */
    BufferedImage pools() {
        int kernel = settings.first().kernel();
        Groups groups = settings.groups();
        float[][] filters = dictionary(StackNetworks.FIRST).toFloatMatrix();
        int members = groups.members(0).length;
        int width = members * kernel;
        float[][] tiles = new float[kernel * width][groups.count()];
        for (int group = 0; group < groups.count(); group++) {
            int[] units = groups.members(group);
            for (int pixel = 0; pixel < filters.length; pixel++) {
                for (int k = 0; k < units.length; k++) {
                    int at = pixel / kernel * width + k * kernel + pixel % kernel;
                    tiles[at][group] = filters[pixel][units[k]];
                }
            }
        }
        BufferedImage sheet =
                new FilterSheet(kernel, width, COLUMNS / 2, FilterZoom.of(kernel)).draw(Nd4j.createFromArray(tiles));
        return Canvas.titled("Pools of the first stage", "the filters of each pool in a tile of its own", sheet);
    }

    /** The filters of the upper decoder, each pool painted as the filters of its maps, where it lies. */
    BufferedImage upper() {
        int kernel = settings.second().kernel();
        int own = settings.first().kernel();
        int stride = settings.first().stride();
        int side = (kernel - 1) * stride + own;
        int maps = settings.first().maps();
        float[][] lower = dictionary(StackNetworks.FIRST).toFloatMatrix();
        float[][] upper = dictionary(StackNetworks.SECOND).toFloatMatrix();
        float[][] pixels = new float[side * side][settings.second().maps()];
        for (int place = 0; place < kernel * kernel; place++) {
            int top = place / kernel * stride;
            int left = place % kernel * stride;
            for (int group = 0; group < maps; group++) {
                for (int map : settings.groups().members(group)) {
                    for (int pixel = 0; pixel < own * own; pixel++) {
                        int at = (top + pixel / own) * side + left + pixel % own;
                        for (int unit = 0; unit < pixels[at].length; unit++) {
                            pixels[at][unit] += upper[place * maps + group][unit] * lower[pixel][map];
                        }
                    }
                }
            }
        }
        BufferedImage sheet =
                new FilterSheet(side, side, COLUMNS, FilterZoom.of(side)).draw(Nd4j.createFromArray(pixels));
        return Canvas.titled("Second stage", "each pool painted as the filters of its maps", sheet);
    }

    /** Images and what the lower decoder makes of their codes. */
    BufferedImage reconstructions(INDArray images) {
        INDArray some = StackData.first(images, SHOWN);
        UnsupervisedLayer layer = (UnsupervisedLayer) net.getLayer(StackNetworks.FIRST);
        INDArray made = layer.reconstruct(some);
        int height = (int) some.size(2);
        int width = (int) some.size(3);
        long n = some.size(0);
        INDArray rows = Nd4j.vstack(
                some.reshape('c', n, (long) height * width), made.dup('c').reshape('c', n, (long) height * width));
        BufferedImage sheet = new FilterSheet(height, width, (int) n, FilterZoom.of(height))
                .draw(rows.transpose().dup('c'));
        return Canvas.titled("Test images", "above normalised images, below D z of the first stage", sheet);
    }
}
