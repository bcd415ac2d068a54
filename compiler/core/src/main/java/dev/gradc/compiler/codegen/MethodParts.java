package dev.gradc.compiler.codegen;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import dev.gradc.compiler.codegen.MethodWriter.Called;
import dev.gradc.compiler.codegen.MethodWriter.Method;
import dev.gradc.compiler.schedule.Program;
import dev.gradc.compiler.schedule.Vectors;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.Modifier;

/** The private methods of all programs: in classes within the model's, where they are too many for one. */
final class MethodParts {

    /** The most methods of one class: each may take up to a thousand of the 65,535 entries of its constant pool. */
    static final int MOST_METHODS = 60;

    /** The longest line that JavaPoet leaves unbroken, and its indent. */
    static final int COLUMNS = 100;

    static final int INDENT = 4;

    private final String model;
    private final Naming naming;
    private final Bodies bodies;
    private final LaneClasses lanes;

    /** The fields with the objects that have the methods; empty where the model's own class has them. */
    private final List<String> fields = new ArrayList<>();

    /** The methods of each part. */
    private final List<List<MethodSpec>> parts = new ArrayList<>();

    /** The part in which a method is, and its name. */
    private record Home(int part, String name) {}

    /** Where the methods are that others call, by their likeness. */
    private final Map<List<String>, Home> homes = new HashMap<>();

    /** @param lanes takes the methods that are written with vectors */
    MethodParts(ModelPlan plan, Naming naming, Bodies bodies, LaneClasses lanes) {
        this.model = plan.model().name();
        this.naming = naming;
        this.bodies = bodies;
        this.lanes = lanes;
        int all = plan.programs().stream().mapToInt(Program::methodCount).sum();
        for (int first = 0; first < all; first += MOST_METHODS) {
            parts.add(new ArrayList<>());
            if (all > MOST_METHODS) {
                fields.add(naming.named("#part" + parts.size(), "part" + parts.size()));
            }
        }
    }

    /** What stands before the name of the method with this number where it is called. */
    String before(int number) {
        return fields.isEmpty() ? "" : fields.get(number / MOST_METHODS) + ".";
    }

    /** Adds the methods of a program, and names those that they call. */
    void add(MethodWriter.Written written) {
        int number = written.first();
        for (Method method : written.methods()) {
            List<String> behind = new ArrayList<>();
            int part = number / MOST_METHODS;
            for (Called called : method.called()) {
                bodies.name(called.reference(), named(called, part, behind));
            }
            MethodSpec whole = method.spec().addCode(bodies.behind(behind)).build();
            parts.get(part).add(whole);
            number++;
        }
    }

    /**
     * Puts {@code called} among those with vectors, or to those {@code behind} its caller, unless one like it is there; gives how
     * it is called from {@code part}.
     */
    private String named(Called called, int part, List<String> behind) {
        if (called.vectors() == Vectors.WRITTEN) {
            return lanes.add(() -> naming.numbered(called.wanted()), called);
        }
        Home home = homes.get(called.likeness());
        if (home == null) {
            home = new Home(part, naming.numbered(called.wanted()));
            homes.put(called.likeness(), home);
            int width = COLUMNS - INDENT * (fields.isEmpty() ? 1 : 2);
            behind.add(JavaText.method(home.name(), called.parameters(), called.body(), width));
        }
        return home.part() == part ? home.name() : fields.get(home.part()) + "." + home.name();
    }

    /** Adds all methods to {@code type}. */
    void addTo(TypeSpec.Builder type) {
        if (fields.isEmpty()) {
            parts.forEach(type::addMethods);
            return;
        }
        for (int part = 0; part < parts.size(); part++) {
            ClassName name = ClassName.get("", model + "Part" + (part + 1));
            type.addField(FieldSpec.builder(name, fields.get(part), Modifier.PRIVATE, Modifier.FINAL)
                    .initializer("new $T()", name)
                    .build());
            type.addType(TypeSpec.classBuilder(name)
                    .addModifiers(Modifier.PRIVATE, Modifier.FINAL)
                    .addJavadoc("Some of the methods, which are too many for one class file.")
                    .addMethods(parts.get(part))
                    .build());
        }
    }
}
