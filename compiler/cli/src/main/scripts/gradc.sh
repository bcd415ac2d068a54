#!/bin/sh
# Runs the jar that begins behind this text. What lives as short as a compiler is mostly faster with HotSpot's first compiler
# alone, which is asked earlier than usual since most of the work is a few long loops, and with a collector that does not run
# beside it; what computes with a model gets the second compiler, too.
# Most of what it makes stays until it ends: what lives through one collection is not copied again, the heap starts large
# enough that the old generation is seldom collected, and the young one stays as it is, in memory that is there already.
# GRADC_OPTS: more options of java, such as -XX:TieredStopAtLevel=4 for models that take longer than half a minute.
java="${JAVA_HOME:+$JAVA_HOME/bin/}java"
case "$GRADC_OPTS" in
  *-XX:+Use*GC*) collector= ;;
  *) collector="-XX:+UseParallelGC -XX:InitialRAMPercentage=12.5 -XX:NewRatio=3 -XX:MaxTenuringThreshold=0
    -XX:YoungGenerationSizeIncrement=0 -XX:YoungGenerationSizeSupplement=0" ;;
esac
compiler="-XX:TieredStopAtLevel=1 -XX:Tier3InvocationThreshold=50 -XX:Tier3MinInvocationThreshold=20
  -XX:Tier3CompileThreshold=300 -XX:Tier3BackEdgeThreshold=2000"
case "$1" in
  eval | check) exec "$java" $GRADC_OPTS -jar "$0" "$@" ;;
  *) exec "$java" $compiler $collector $GRADC_OPTS -jar "$0" "$@" ;;
esac
