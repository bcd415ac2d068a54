/** Reads the language reference: its examples, what they promise, and its tables. */
package dev.gradc.compiler.reference;
