/** Holds the gates of a model one by one against differences, to find the one whose derivative is wrong. */
package dev.gradc.compiler.check;
