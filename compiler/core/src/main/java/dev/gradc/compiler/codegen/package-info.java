/** Spells a schedule as Java, with JavaPoet. */
package dev.gradc.compiler.codegen;
