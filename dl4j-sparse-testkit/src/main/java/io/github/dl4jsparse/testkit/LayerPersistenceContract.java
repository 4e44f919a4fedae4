package io.github.dl4jsparse.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Adam;

/** Saved, loaded and cloned networks are equal to the original and independent of it. */
interface LayerPersistenceContract extends LayerFixture {
    private NeuralNetConfiguration.Builder trained() {
        return settings().updater(new Adam(0.01)).l2(1e-3);
    }

    /** The layer with l1 and a dropout of its own, so that more than defaults is saved. */
    private Layer rich(LayerVariant variant) {
        return withOptionsOfWeights(variant, WEIGHT, builder -> builder.dropOut(0.9), weights -> weights.l1(1e-4));
    }

    @ParameterizedTest
    @MethodSource("variantsInNetworks")
    default void jsonAndYamlRoundTrip(LayerVariant variant, NetworkKind kind) {
        AnyNetwork net = network(kind, trained(), rich(variant));
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
        AnyNetwork net = network(kind, trained(), named(variant, WEIGHT));
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
    default void equalsCoversEveryOwnField(LayerVariant variant) throws ReflectiveOperationException {
        assertEquals(named(variant, WEIGHT), named(variant, WEIGHT));
        assertEquals(named(variant, WEIGHT).hashCode(), named(variant, WEIGHT).hashCode());
        assertEquals(named(variant, WEIGHT), named(variant, WEIGHT).clone());
        for (Field field : ownFields(named(variant, WEIGHT).getClass())) {
            field.setAccessible(true);
            Layer changed = named(variant, WEIGHT);
            field.set(changed, otherValue(field, field.get(changed)));
            assertNotEquals(named(variant, WEIGHT), changed, "equals does not see " + field.getName());
        }
    }

    @ParameterizedTest
    @MethodSource("variants")
    default void equalsCoversInheritedFields(LayerVariant variant) {
        if (named(variant, WEIGHT) instanceof FeedForwardLayer wide) {
            wide.setNIn(wide.getNIn() + 1);
            assertNotEquals(named(variant, WEIGHT), wide);
        }
        assertNotEquals(named(variant, WEIGHT), with(variant, WEIGHT, builder -> builder.name("other")));
    }

    /** An array that a caller changes later is not the configuration's, and neither is that of a clone. */
    @ParameterizedTest
    @MethodSource("variants")
    default void arraysAreCopied(LayerVariant variant) throws ReflectiveOperationException {
        Layer.Builder<?> builder = variant.builder(WEIGHT);
        Layer first = builder.build();
        Layer second = builder.build();
        Layer clone = first.clone();
        for (Field field : ownFields(first.getClass())) {
            if (field.getType().isArray()) {
                field.setAccessible(true);
                Object array = field.get(first);
                String name = "the array of " + field.getName();
                assertTrue(array == null || array != field.get(second), name + " is the builder's: copy it in build()");
                assertTrue(array == null || array != field.get(clone), name + " is shared with a clone");
            }
        }
    }

    /** The fields that make a configuration what it is, down to those of DL4J. */
    private static List<Field> ownFields(Class<?> configuration) {
        List<Field> fields = new ArrayList<>();
        for (Class<?> c = configuration; !c.getName().startsWith("org.deeplearning4j."); c = c.getSuperclass()) {
            fields.addAll(List.of(c.getDeclaredFields()));
        }
        fields.removeIf(field -> Modifier.isStatic(field.getModifiers())
                || Modifier.isTransient(field.getModifiers())
                || field.isSynthetic());
        return fields;
    }
}
