package io.github.dl4jsparse.task.data;

/** The treatment of a row in which a number is missing: an empty cell, or NA, N/A, NaN, null or ?. */
public enum MissingValues {
    /** The row is left out. */
    SKIP_ROW,

    /** It is replaced by the mean of the column over the rows that were read. */
    COLUMN_MEAN
}
