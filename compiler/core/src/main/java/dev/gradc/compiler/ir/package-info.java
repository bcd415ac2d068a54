/** The intermediate representation: dims, shapes, gates, nodes, graphs, and the builder that interns them. */
package dev.gradc.compiler.ir;
