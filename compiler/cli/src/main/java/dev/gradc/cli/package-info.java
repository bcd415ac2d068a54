/**
 * The gradc command: arguments, files, JSON and exit codes around the compiler. Every command ends with 0 when it did
 * what was asked, 1 when a model or its data are at fault (or the machine: a full disk), 2 when the command line is.
 */
package dev.gradc.cli;
