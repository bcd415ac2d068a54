/** The gradc command: arguments, files and exit codes around the compiler. */
package dev.gradc.cli;
