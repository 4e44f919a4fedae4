package io.github.dl4jsparse.task.data;

/** What becomes of a row in which a number is missing: an empty cell, or NA, N/A, NaN, null or ?. */
public enum MissingValues {
    /** The row is left out. */
    SKIP_ROW,

    /** The mean of the column, over the rows that were read, stands in for it. */
    COLUMN_MEAN
}
