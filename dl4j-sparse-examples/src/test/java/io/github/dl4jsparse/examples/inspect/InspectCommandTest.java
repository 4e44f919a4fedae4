package io.github.dl4jsparse.examples.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.data.UnitNormScaling;
import io.github.dl4jsparse.diagnostics.PngFile;
import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.examples.cli.ProgramRun;
import io.github.dl4jsparse.model.ModelFile;
import io.github.dl4jsparse.nn.coding.SparseCodingLayer;
import io.github.dl4jsparse.nn.lista.ConvolutionalListaLayer;
import io.github.dl4jsparse.nn.lista.ListaLayer;
import io.github.dl4jsparse.train.Decoders;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectCommandTest {
    @TempDir
    private Path folder;

    private Path images;
    private final ProgramRun program = new ProgramRun("inspect");

    @BeforeEach
    void writeImages() throws IOException {
        images = Files.createDirectories(folder.resolve("images"));
        Random random = new Random(1);
        for (int i = 0; i < 3; i++) {
            BufferedImage image = new BufferedImage(31, 33, BufferedImage.TYPE_BYTE_GRAY);
            for (int k = 0; k < 31 * 33; k++) {
                image.getRaster().setSample(k % 31, k / 31, 0, random.nextInt(256));
            }
            PngFile.write(images.resolve("p" + i + ".png"), image);
        }
    }

    private static MultiLayerNetwork network(InputType type, Layer... layers) {
        NeuralNetConfiguration.ListBuilder list =
                new NeuralNetConfiguration.Builder().seed(1).list();
        List.of(layers).forEach(list::layer);
        MultiLayerNetwork net = new MultiLayerNetwork(list.setInputType(type).build());
        net.init();
        return net;
    }

    private static Layer maps(int number) {
        return new ConvolutionalListaLayer.Builder(3, 3)
                .nOut(number)
                .penalty(new L1Penalty(0.1))
                .build();
    }

    private String inspected(MultiLayerNetwork net, Object... arguments) throws IOException {
        Path model = folder.resolve("model.zip");
        ModelFile.save(model, net);
        return inspected(model, arguments);
    }

    private String inspected(Path model, Object... arguments) throws IOException {
        Path page = folder.resolve("page.html");
        Object[] all = new Object[arguments.length + 3];
        all[0] = model;
        all[1] = "--out";
        all[2] = page;
        System.arraycopy(arguments, 0, all, 3, arguments.length);
        assertEquals(0, program.run(all), program::err);
        return Files.readString(page);
    }

    @Test
    void rowsOfAFile() throws IOException {
        Path rows = Files.writeString(folder.resolve("rows.csv"), "a,b,c,class\n1,2,3,x\n4,5,6,y\n7,8,9,y\n");
        MultiLayerNetwork net = network(
                InputType.feedForward(3),
                new ListaLayer.Builder().nOut(5).penalty(new L1Penalty(0.1)).build());
        String page = inspected(net, "--data", rows, "--label", "class");
        assertTrue(page.contains("rows.csv line 3") || page.contains("line 3"), page);
        assertTrue(program.out().contains("read 3 rows of 3 columns"), program::out);
    }

    /** Both stages of a stack, from images as they are. */
    @Test
    void imagesOfAFolder() throws IOException {
        String page = inspected(network(InputType.convolutional(33, 31, 1), maps(4), maps(6)), "--data", images);
        assertEquals(2, page.split("class=\"unit-browser\"").length - 1);
        assertTrue(page.contains("p0.png"), "names the images");
    }

    @Test
    void imagesAsRowsForADenseOrFlatNetwork() throws IOException {
        MultiLayerNetwork dense = network(
                InputType.feedForward(64),
                new SparseCodingLayer.Builder()
                        .nOut(5)
                        .penalty(new L1Penalty(0.1))
                        .build());
        assertTrue(inspected(dense, "--data", images).contains("filter of unit 4"));
        String flat = inspected(network(InputType.convolutionalFlat(12, 12, 1), maps(4)), "--data", images);
        assertTrue(flat.contains("filter of unit 3") && flat.contains(", row "), "filters and positions");
    }

    /** Patches have the place in their photograph. */
    @Test
    void whitenedPatches() throws IOException {
        MultiLayerNetwork net = network(
                InputType.feedForward(64),
                new ListaLayer.Builder().nOut(5).penalty(new L1Penalty(0.01)).build());
        String page = inspected(net, "--data", images, "--whiten", "--examples", 60);
        assertTrue(page.contains("p1.png, row "), "names place and image");
        assertTrue(program.out().contains("whitened patches of 8 x 8"), program::out);
    }

    @Test
    void theNormaliserInTheFileIsApplied() throws IOException {
        MultiLayerNetwork net = network(
                InputType.feedForward(64),
                new ListaLayer.Builder().nOut(5).penalty(new L1Penalty(0.01)).build());
        Path model = folder.resolve("normalised.zip");
        ModelFile.save(model, net, new UnitNormScaling());
        inspected(model, "--data", images);
        assertTrue(program.out().contains("normalised as in training, by the UnitNormScaling"), program::out);
    }

    @Test
    void whatCannotBeShownIsSaid() throws IOException {
        MultiLayerNetwork net = network(
                InputType.feedForward(64),
                new ListaLayer.Builder()
                        .name("code")
                        .nOut(5)
                        .penalty(new L1Penalty(0.01))
                        .build());
        Path model = folder.resolve("model.zip");
        ModelFile.save(model, net);
        refused("--layer must be one of [code], got cod", model, "--data", images, "--layer", "cod");
        refused("--size must be HEIGHTxWIDTH such as 28x28, got 8", model, "--data", images, "--size", "8");
        ModelFile.save(model, Decoders.remove(net));
        refused("a network with a layer of this library and its decoder", model, "--data", images);
    }

    private void refused(String message, Object... arguments) {
        program.forgetErrors();
        assertEquals(2, program.run(arguments));
        assertTrue(program.err().contains(message), program::err);
    }
}
