package io.github.dl4jsparse.train;

/** Is told how pre-training goes on, in the thread that trains. */
public interface PretrainListener {
    /** After every update. */
    default void batchDone(PretrainProgress progress) {}

    /** After every epoch, held-out energy included where it is measured. */
    default void epochDone(PretrainProgress progress) {}
}
