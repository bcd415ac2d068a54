/** What generated models import: numeric kernels, parameter layouts, argument checks and gradient checking. */
package dev.gradc.runtime;
