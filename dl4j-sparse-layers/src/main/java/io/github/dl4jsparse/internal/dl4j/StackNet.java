package io.github.dl4jsparse.internal.dl4j;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Updater;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A {@code MultiLayerNetwork}: layers one above the other. */
final class StackNet extends Net<MultiLayerNetwork> {
    StackNet(MultiLayerNetwork model) {
        super(model);
    }

    @Override
    boolean isInitialised() {
        return model().getLayers() != null;
    }

    @Override
    public List<NetVertex> vertices() {
        return vertices(model().getLayerWiseConfigurations());
    }

    @Override
    public List<NetVertex> outputs() {
        List<NetVertex> all = vertices();
        return all.subList(all.size() - 1, all.size());
    }

    private List<NetVertex> vertices(MultiLayerConfiguration conf) {
        List<NetVertex> vertices = new ArrayList<>();
        vertices.add(NetVertex.input("input", 0));
        for (int i = 0; i < conf.getConfs().size(); i++) {
            Layer layer = model().getLayer(i);
            String name = LayerWrappers.inner(layer).conf().getLayer().getLayerName();
            var own = conf.getConf(i).getLayer();
            boolean frozen = LayerWrappers.isFrozen(own) || LayerWrappers.isFrozen(layer);
            vertices.add(NetVertex.ofLayer(
                    name == null ? String.valueOf(i) : name,
                    i,
                    List.of(vertices.get(i)),
                    layer,
                    new NetVertex.LayerPart(layer, own, conf.getInputPreProcess(i), frozen)));
        }
        return vertices;
    }

    @Override
    void setMasks(INDArray[] masks) {
        model().setLayerMaskArrays(masks[0], null);
    }

    @Override
    void clearMasks() {
        model().clearLayerMaskArrays();
    }

    @Override
    INDArray outputOf(NetVertex vertex, INDArray[] features) {
        return model().feedForwardToLayer(vertex.index(), features[0], false).get(vertex.index() + 1);
    }

    @Override
    public void initGradientsView() {
        model().initGradientsView();
    }

    @Override
    public Updater updater(boolean create) {
        return model().getUpdater(create);
    }

    @Override
    public String json() {
        return model().getLayerWiseConfigurations().toJson();
    }

    @Override
    public Net<MultiLayerNetwork> copy() {
        return NetKind.STACK.network(
                model().getLayerWiseConfigurations().clone(), model().params().dup());
    }

    @Override
    public Net<MultiLayerNetwork> with(LayerChange change, boolean draw) {
        MultiLayerConfiguration conf = model().getLayerWiseConfigurations().clone();
        for (NetVertex vertex : vertices(conf)) {
            if (vertex.isInput()) {
                continue;
            }
            LayerChange.NewLayer changed = change.of(vertex);
            conf.getConf(vertex.index()).clearVariables();
            conf.getConf(vertex.index()).setLayer(changed.conf());
            if (changed.preProcessor() != vertex.preProcessor()) {
                conf.getInputPreProcessors().put(vertex.index(), changed.preProcessor());
            }
        }
        Net<MultiLayerNetwork> result = NetKind.STACK.started(conf, draw);
        result.model().setListeners(model().getListeners());
        return result;
    }
}
