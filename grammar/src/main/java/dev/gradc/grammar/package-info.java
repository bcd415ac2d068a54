/** The lexer, the parser and the parse trees of the language, generated from its grammar. */
package dev.gradc.grammar;
