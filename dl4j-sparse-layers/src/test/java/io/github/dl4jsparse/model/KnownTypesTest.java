package io.github.dl4jsparse.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.internal.nn.ShrinkageReader;
import io.github.dl4jsparse.shrinkage.Shrinkage;
import io.github.dl4jsparse.shrinkage.TopKShrinkage;
import io.github.dl4jsparse.train.NoLoss;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.deeplearning4j.nn.conf.distribution.Distribution;
import org.deeplearning4j.nn.conf.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.shade.jackson.annotation.JsonProperty;
import org.nd4j.shade.jackson.databind.annotation.JsonDeserialize;
import stranger.Evidence;
import stranger.OwnActivation;

class KnownTypesTest {
    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.deeplearning4j.nn.conf.layers.DenseLayer",
                "org.nd4j.linalg.learning.config.Adam",
                "io.github.dl4jsparse.energy.L1Penalty",
                "io.github.dl4jsparse.shrinkage.SoftShrinkage"
            })
    void classesOfThisLibraryAndOfDl4jAreFound(String name) throws ClassNotFoundException {
        assertEquals(name, KnownTypes.STANDARD.find(name).getName());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "java.lang.Runtime",
                "java.util.ArrayList",
                "org.deeplearning4jx.A",
                "org.nd4j.shade.jackson.databind.ObjectMapper",
                "[Lorg.nd4j.linalg.learning.config.Adam;",
                "stranger.OwnActivation",
                ""
            })
    void othersAreNot(String name) {
        assertFalse(KnownTypes.STANDARD.contains(name));
        assertThrows(ClassNotFoundException.class, () -> KnownTypes.STANDARD.find(name));
    }

    /** As a layer's configuration has it. */
    static final class Conf {
        @JsonProperty("shrinkage")
        @JsonDeserialize(using = ShrinkageReader.class)
        Shrinkage shrinkage;
    }

    private static Shrinkage shrinkage(String json) throws IOException {
        return KnownTypes.STANDARD.read(utf8("{\"shrinkage\":" + json + "}"), Conf.class).shrinkage;
    }

    @Test
    void shrinkagesAreReadByClassAndByTheirEarlierNames() throws IOException {
        assertEquals(Shrinkage.SOFT, shrinkage("\"SOFT\""));
        assertEquals(
                new TopKShrinkage(3),
                shrinkage("{\"@class\":\"io.github.dl4jsparse.shrinkage.TopKShrinkage\",\"k\":3}"));
    }

    @Test
    void shrinkageOfAnotherPackageIsRefused() {
        int before = Evidence.runs();
        String message = assertThrows(IOException.class, () -> shrinkage("{\"@class\":\"stranger.PlantedObject\"}"))
                .getMessage();
        assertTrue(message.contains("stranger.PlantedObject"), message);
        assertEquals(before, Evidence.runs());
    }

    @Test
    void aClassIsFoundWithoutItsCode() throws ClassNotFoundException {
        int before = Evidence.runs();
        // named by the user, who has not used it yet
        Class<?> planted = Class.forName("stranger.Planted", false, getClass().getClassLoader());
        assertSame(planted, KnownTypes.STANDARD.and(planted).find("stranger.Planted"));
        assertEquals(before, Evidence.runs());
        // a layer is of a known package and no activation: Jackson finds it unfit before it is initialised
        assertThrows(IOException.class, () -> KnownTypes.STANDARD
                .and(planted)
                .read(utf8("{\"@class\":\"stranger.Planted\"}"), IActivation.class));
        assertEquals(before, Evidence.runs());
    }

    @Test
    void moreTypesAreThoseOfTheNewRulesAlone() {
        KnownTypes more = KnownTypes.STANDARD.and(OwnActivation.class);
        assertTrue(more.contains("stranger.OwnActivation"));
        assertFalse(more.contains("stranger.OwnActivation2"));
        assertFalse(KnownTypes.STANDARD.contains("stranger.OwnActivation"));
        assertTrue(more.and(String.class).contains("stranger.OwnActivation"));
    }

    @Test
    void objectsAreMadeOfJson() throws IOException {
        String json = "{\"type\":\"" + NormalDistribution.class.getName() + "\",\"mean\":1.0,\"std\":2.0}";
        assertEquals(new NormalDistribution(1, 2), KnownTypes.STANDARD.read(utf8(json), Distribution.class));
        assertNotNull(KnownTypes.STANDARD
                .and(OwnActivation.class)
                .read(utf8("{\"@class\":\"stranger.OwnActivation\"}"), IActivation.class));
        assertThrows(
                IOException.class,
                () -> KnownTypes.STANDARD.read(utf8("{\"@class\":\"stranger.OwnActivation\"}"), IActivation.class));
    }

    @Test
    void propertiesAreThoseOfTheOutermostObject() throws IOException {
        byte[] json = utf8("{\"a\":{\"b\":[1,{\"c\":2}]},\"d\":null}");
        assertTrue(KnownTypes.has(json, "a") && KnownTypes.has(json, "d"));
        assertFalse(KnownTypes.has(json, "b") || KnownTypes.has(json, "c"));
        assertFalse(KnownTypes.has(utf8("[]"), "a"));
        assertThrows(IOException.class, () -> KnownTypes.has(utf8("{\"a\""), "b"));
    }

    /** Networks of one stage that an earlier version saved end in a loss that has moved. */
    @Test
    void typesThatMovedAreFoundByTheirEarlierNames() throws IOException {
        byte[] json = utf8("{\"@class\":\"io.github.dl4jsparse.nn.common.NoLoss\"}");
        assertEquals(new NoLoss(), KnownTypes.STANDARD.read(json, ILossFunction.class));
    }
}
