/** The Maven plugin: a thin adapter from a build to the compiler, which does what is worth doing. */
package dev.gradc.maven;
