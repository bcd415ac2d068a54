/** Cases computed by independent systems, their translation to models, and their comparison. */
package dev.gradc.compiler.golden;
