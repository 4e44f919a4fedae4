package io.github.dl4jsparse.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.Samples;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.layers.BaseLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Adam;

/** Saved, loaded and cloned networks are equal to the original and independent of it. */
public interface LayerPersistenceContract extends LayerFixture {
    private NeuralNetConfiguration.Builder trained() {
        return settings().updater(new Adam(0.01)).l2(1e-3);
    }

    /** The layer with l1 and a dropout of its own, so that more than defaults is saved. */
    private FeedForwardLayer rich(LayerVariant variant) {
        FeedForwardLayer.Builder<?> builder = variant.builder(WEIGHT);
        builder.name(NAME);
        builder.l1(1e-4);
        builder.dropOut(0.9);
        return builder.build();
    }

    @ParameterizedTest
    @MethodSource("variantsInNetworks")
    default void jsonAndYamlRoundTrip(LayerVariant variant, NetworkKind kind) {
        AnyNetwork net = kind.of(this, trained(), rich(variant));
        INDArray expected = net.output(input(3, 1));
        net.copiesOfTheConfiguration().forEach(back -> {
            assertEquals(net.configuration(), back);
            AnyNetwork copy = net.initialised(back);
            copy.model().setParams(net.params());
            assertEquals(expected, copy.output(input(3, 1)));
        });
    }

    @ParameterizedTest
    @MethodSource("variants")
    default void serialisedConfigurationIsEqual(LayerVariant variant) throws IOException, ClassNotFoundException {
        MultiLayerConfiguration conf = network(trained(), rich(variant)).getLayerWiseConfigurations();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(conf);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertEquals(conf, in.readObject());
        }
    }

    @ParameterizedTest
    @MethodSource("variantsInNetworks")
    default void savedNetworkTrainsOnAsIfNeverSaved(LayerVariant variant, NetworkKind kind) throws IOException {
        AnyNetwork net = kind.of(this, trained(), named(variant, WEIGHT));
        DataSet data = dataSet(4, 1);
        net.fit(data);
        net.fit(data);
        AnyNetwork back = net.saved();
        assertEquals(net.params(), back.params());
        assertEquals(net.updaterState(), back.updaterState());
        assertTrue(net.updaterState().norm2Number().doubleValue() > 0);
        assertEquals(net.output(data.getFeatures()), back.output(data.getFeatures()));
        net.fit(data);
        back.fit(data);
        assertEquals(0, Samples.distance(net.params(), back.params()), 1e-12);
    }

    @ParameterizedTest
    @MethodSource("variants")
    default void clonedNetworkIsEqualAndIndependent(LayerVariant variant) {
        MultiLayerNetwork net = network(trained(), named(variant, WEIGHT));
        DataSet data = dataSet(4, 1);
        net.fit(data);
        MultiLayerNetwork copy = net.clone();
        INDArray before = net.params().dup();
        INDArray answer = net.output(data.getFeatures());
        assertEquals(before, copy.params());
        assertEquals(answer, copy.output(data.getFeatures()));
        copy.fit(data);
        assertNotEquals(before, copy.params());
        assertEquals(before, net.params());
        net.fit(data);
        assertEquals(0, Samples.distance(net.params(), copy.params()), 1e-12);
    }

    @ParameterizedTest
    @MethodSource("variants")
    default void clonedLayerIsEqualAndIndependent(LayerVariant variant) {
        Layer layer = network(variant, WEIGHT).getLayer(NAME);
        Layer copy = ((BaseLayer<?>) layer).clone();
        assertNotSame(layer, copy);
        INDArray x = input(3, 1);
        LayerWorkspaceMgr none = LayerWorkspaceMgr.noWorkspaces();
        INDArray expected = layer.activate(x, false, none).dup();
        assertEquals(layer.params(), copy.params());
        assertEquals(expected, copy.activate(x, false, none));
        copy.params().muli(0.5);
        assertNotEquals(expected, copy.activate(x, false, none));
        assertEquals(expected, layer.activate(x, false, none));
    }

    @ParameterizedTest
    @MethodSource("variants")
    default void equalsCoversEveryOwnField(LayerVariant variant) throws ReflectiveOperationException {
        assertEquals(named(variant, WEIGHT), named(variant, WEIGHT));
        assertEquals(named(variant, WEIGHT).hashCode(), named(variant, WEIGHT).hashCode());
        assertEquals(named(variant, WEIGHT), named(variant, WEIGHT).clone());
        int fields = 0;
        for (Field field : ownFields(named(variant, WEIGHT).getClass())) {
            int modifiers = field.getModifiers();
            if (Modifier.isStatic(modifiers) || Modifier.isTransient(modifiers) || field.isSynthetic()) {
                continue;
            }
            fields++;
            field.setAccessible(true);
            FeedForwardLayer changed = named(variant, WEIGHT);
            field.set(changed, otherValue(field, field.get(changed)));
            assertNotEquals(named(variant, WEIGHT), changed, "equals does not see " + field.getName());
        }
        assertTrue(fields > 0, "no fields found");
    }

    @ParameterizedTest
    @MethodSource("variants")
    default void equalsCoversInheritedFields(LayerVariant variant) {
        FeedForwardLayer wide = named(variant, WEIGHT);
        wide.setNIn(wide.getNIn() + 1);
        assertNotEquals(named(variant, WEIGHT), wide);
        FeedForwardLayer.Builder<?> builder = variant.builder(WEIGHT);
        builder.name("other");
        assertNotEquals(named(variant, WEIGHT), builder.build());
    }

    /** The fields of a configuration down to those of DL4J. */
    private static List<Field> ownFields(Class<?> configuration) {
        List<Field> fields = new ArrayList<>();
        for (Class<?> c = configuration; !c.getName().startsWith("org.deeplearning4j."); c = c.getSuperclass()) {
            fields.addAll(List.of(c.getDeclaredFields()));
        }
        return fields;
    }
}
