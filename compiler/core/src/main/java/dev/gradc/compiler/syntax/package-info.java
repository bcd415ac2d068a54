/** The abstract syntax of model files, and the parser that builds it. */
package dev.gradc.compiler.syntax;
