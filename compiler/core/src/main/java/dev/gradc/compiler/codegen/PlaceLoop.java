package dev.gradc.compiler.codegen;

import dev.gradc.compiler.gate.Leaf;
import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.schedule.IndexExpr;
import dev.gradc.compiler.schedule.Item;
import dev.gradc.compiler.schedule.Loop;
import dev.gradc.compiler.schedule.Program;
import dev.gradc.compiler.schedule.Reads;
import dev.gradc.compiler.schedule.Reads.Read;
import dev.gradc.compiler.schedule.Statement;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A loop inside others whose arrays are all read and written at one place: it may run over this place in place of its own
 * variable. C2 (17) makes vectors of it then, and not where it finds the place anew in each iteration; nor where it reads
 * what is the same in all iterations from an array, which might be the one that is written.
 *
 * @param start the place of the first iteration
 * @param place the place of an iteration
 * @param fixed elements of arrays that are the same in all iterations
 */
record PlaceLoop(IndexExpr start, IndexExpr place, Set<Read> fixed) {

    /** Loops known to be shorter stay as they are, for C2 to unroll. */
    private static final long SHORTEST = 32;

    /** Finds what a loop reads and writes. */
    private static final class Finder {
        private final Loop loop;
        private final Program program;
        private final ExpressionWriter expressions;
        private final Map<Node, Statement> written = new HashMap<>();
        private final Set<IndexExpr> places = new LinkedHashSet<>();
        private final Set<Read> fixed = new LinkedHashSet<>();
        private boolean isUniform = true;

        private Finder(Loop loop, Program program, ExpressionWriter expressions) {
            this.loop = loop;
            this.program = program;
            this.expressions = expressions;
        }

        private Optional<PlaceLoop> find() {
            loop.body().forEach(item -> written.put(((Statement) item).node(), (Statement) item));
            Reads reads = new Reads(program.roots());
            for (Item item : loop.body()) {
                Statement statement = (Statement) item;
                isUniform &= !statement.accumulates();
                if (program.memory().contains(statement.node())) {
                    at(new Read(statement.node(), statement.outputIndex()));
                }
                reads.of(statement).forEach(this::read);
            }
            return isUniform && places.size() == 1 ? over(places.iterator().next()) : Optional.empty();
        }

        private Optional<PlaceLoop> over(IndexExpr place) {
            IndexExpr.LoopAxis axis = new IndexExpr.LoopAxis(loop.depth());
            boolean isNext = place.step(loop.depth()).equals(Optional.of(Dim.ONE));
            Map<IndexExpr.Atom, Dim> others = new LinkedHashMap<>(place.terms());
            others.remove(axis);
            return isNext && !others.isEmpty()
                    ? Optional.of(new PlaceLoop(new IndexExpr(place.constant(), others), place, fixed))
                    : Optional.empty();
        }

        private void at(Read element) {
            Optional<IndexExpr> place = expressions.place(element.source(), element.index());
            place.ifPresent(places::add);
            isUniform &= place.isPresent();
        }

        private void read(Read read) {
            Node node = read.source();
            Statement own = written.get(node);
            boolean isArray = node.attribute() instanceof Leaf.Variable
                    || program.memory().contains(node);
            if (node.attribute() instanceof Leaf.Position) {
                isUniform &= !isMoving(read);
            } else if (own != null && read.index().equals(own.outputIndex())) {
                return;
            } else if (own != null) {
                isUniform = false;
            } else if (isArray && !node.shape().isScalar() && isMoving(read)) {
                at(read);
            } else if (isArray && !node.shape().isScalar()) {
                fixed.add(read);
            }
        }

        private boolean isMoving(Read read) {
            return read.index().stream().anyMatch(index -> index.dependsOn(loop.depth()));
        }
    }

    /** Empty where arrays are read and written at several places, or the loop is short. */
    static Optional<PlaceLoop> of(Loop loop, Program program, ExpressionWriter expressions) {
        boolean isShort = loop.extent().constant().orElse(SHORTEST) < SHORTEST;
        boolean isInnermost = loop.body().stream().allMatch(Statement.class::isInstance);
        if (isShort || !isInnermost || loop.depth() == 0 || !loop.carries().isEmpty()) {
            return Optional.empty();
        }
        return new Finder(loop, program, expressions).find();
    }
}
