package io.github.dl4jsparse.nn.pooling;

import io.github.dl4jsparse.group.Groups;

/** The contract of every layer, on {@link GroupSparsityLayer}. */
class GroupSparsityLayerContractTest extends PoolingLayerContract {
    @Override
    GroupPoolingConf.Builder<?> builder(Groups groups) {
        return groups == null ? new GroupSparsityLayer.Builder() : new GroupSparsityLayer.Builder(groups);
    }
}
