/** Images, signals and vectors from files, with their labels. */
package io.github.dl4jsparse.task.data;
