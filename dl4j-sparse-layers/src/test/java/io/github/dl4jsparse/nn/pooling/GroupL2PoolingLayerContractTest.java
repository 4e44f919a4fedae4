package io.github.dl4jsparse.nn.pooling;

import io.github.dl4jsparse.group.Groups;

/** The contract of every layer, on {@link GroupL2PoolingLayer}. */
class GroupL2PoolingLayerContractTest extends PoolingLayerContract {
    @Override
    GroupPoolingConf.Builder<?> builder(Groups groups) {
        return groups == null ? new GroupL2PoolingLayer.Builder() : new GroupL2PoolingLayer.Builder(groups);
    }
}
