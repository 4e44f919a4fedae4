package io.github.dl4jsparse.testkit;

/** The two kinds of DL4J's networks, for tests that hold for both. */
public enum NetworkKind {
    MULTI_LAYER,
    GRAPH
}
