/** The Maven plugin: a thin adapter from a build to the compiler. */
package dev.gradc.maven;
