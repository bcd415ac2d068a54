/** Decides what is computed where: roots, fused loop nests, buffers and their lifetimes. */
package dev.gradc.compiler.schedule;
