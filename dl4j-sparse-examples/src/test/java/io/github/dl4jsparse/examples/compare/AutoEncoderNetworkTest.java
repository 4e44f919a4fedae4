package io.github.dl4jsparse.examples.compare;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.examples.data.Digits;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.deeplearning4j.nn.layers.feedforward.autoencoder.AutoEncoder;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

class AutoEncoderNetworkTest {
    private static double error(MultiLayerNetwork net, INDArray images) {
        AutoEncoder layer = (AutoEncoder) net.getLayer(0);
        LayerWorkspaceMgr none = LayerWorkspaceMgr.noWorkspaces();
        INDArray difference = images.sub(layer.decode(layer.encode(images, false, none), none));
        return difference.norm2Number().doubleValue() / images.norm2Number().doubleValue();
    }

    /** What the page of the command says of DL4J 1.0.0-M2.1; a version in which this fails deserves a new table. */
    @Test
    void preTrainingOfDeeplearning4jRaisesTheErrorOfReconstruction() throws IOException {
        Unlabelled images = CompareData.of(Digits.embedded(3), 1000, 100).unlabelled();
        AutoEncoderNetwork row = new AutoEncoderNetwork();
        Map<String, Double> setting =
                new LinkedHashMap<>(row.grid().draw(1, 1).get(0).values());
        setting.put("pretrain epochs", 1.0);
        double one = error(row.pretrain(new Setting(setting), images, 1), images.images());
        setting.put("pretrain epochs", 20.0);
        double twenty = error(row.pretrain(new Setting(setting), images, 1), images.images());
        assertTrue(twenty > 1.02 * one, "relative error " + one + " after 1 epoch, " + twenty + " after 20");
    }
}
