/** Small optimisers over flat parameter vectors. */
package dev.gradc.runtime.optim;
