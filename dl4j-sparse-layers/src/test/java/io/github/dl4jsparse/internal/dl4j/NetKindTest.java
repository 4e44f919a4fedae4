package io.github.dl4jsparse.internal.dl4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.dl4jsparse.testkit.DoublePrecision;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Configurations of each kind become networks. */
@ExtendWith(DoublePrecision.class)
class NetKindTest {
    private static <C> void isMade(NetKind<C, ?> kind, NetCase of, C conf) {
        Net<?> net = of.net();
        assertEquals(net.params().length(), kind.parameters(conf));
        INDArray params = net.params().dup();
        Net<?> made = kind.network(conf, params);
        assertSame(net.model().getClass(), made.model().getClass());
        params.addi(0.01);
        assertEquals(params, made.params(), "given parameters are those of the network");
        assertEquals(kind.configuration(), conf.getClass());
        assertSame(kind, NetKind.of(net.json()));
    }

    @Test
    void stacksAreMadeOfTheirConfigurations() {
        isMade(
                NetKind.STACK,
                NetCase.STACK,
                MultiLayerConfiguration.fromJson(NetCase.STACK.net().json()));
        assertEquals("confs", NetKind.STACK.property());
    }

    @Test
    void graphsAreMadeOfTheirConfigurations() {
        isMade(
                NetKind.GRAPH,
                NetCase.GRAPH,
                ComputationGraphConfiguration.fromJson(NetCase.GRAPH.net().json()));
        assertEquals("vertices", NetKind.GRAPH.property());
    }

    @Test
    void withoutParametersTheyAreDrawn() {
        MultiLayerConfiguration conf =
                MultiLayerConfiguration.fromJson(NetCase.STACK.net().json());
        assertEquals(
                NetCase.STACK.net().params(), NetKind.STACK.network(conf, null).params());
    }

    @Test
    void otherJsonIsRefused() {
        INDArray params = NetCase.STACK.net().params();
        assertEquals(
                "json must be a configuration with \"confs\" or \"vertices\", got one without",
                assertThrows(IllegalArgumentException.class, () -> Net.ofJson("{\"a\": 1}", params))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> Net.ofJson("{", params));
    }
}
