package dev.gradc.compiler.gate;

/**
 * What a gate does to the gradient on its way back, by the names of Stanford CS231n's lecture on back-propagation ("add
 * gate: gradient distributor"). A gate declares its own where it has one; the other gates scale the upstream gradient by
 * their local gradient.
 */
public enum Flow {
    /** Addition. */
    DISTRIBUTOR("each input gets the upstream gradient"),
    /** Multiplication, and sums of products. */
    SWITCHER("each input gets the upstream gradient times the other input"),
    /** Maxima, choices, picks. */
    ROUTER("the input taken gets the upstream gradient, the others nothing"),
    /** Sums. */
    SPREADER("every element summed gets the gradient of the sum"),
    /** Broadcasts. */
    COLLECTOR("what is repeated gets the sum of the gradients of its copies"),
    /** Values with several uses. */
    ACCUMULATOR("what is used several times gets the sum of the gradients of its uses"),
    /** Functions with a short derivative of the whole, rather than one through their parts. */
    ONE_GATE("a function of several steps, differentiated as one");

    private final String meaning;

    Flow(String meaning) {
        this.meaning = meaning;
    }

    /** What happens, in a few words. */
    public String meaning() {
        return meaning;
    }
}
