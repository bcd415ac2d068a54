package dev.gradc.compiler.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class CrewTest {

    @Test
    void whatNobodyElseMayDoIsDoneInTheOrderOfAsking() {
        List<String> done = new ArrayList<>();
        try (Crew crew = new Crew()) {
            Supplier<Integer> first = crew.start(false, () -> note("first", done));
            Supplier<Integer> second = crew.start(false, () -> note("second", done));
            assertThat(second.get()).isEqualTo(1);
            assertThat(first.get()).isEqualTo(2);
            assertThat(second.get()).isEqualTo(1);
        }
        assertThat(done).containsExactly("second", "first");
    }

    private static int note(String work, List<String> done) {
        done.add(work);
        return done.size();
    }

    @Test
    void workGoesOnWhileItsGiverWaitsForSomethingElse() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        try (Crew crew = new Crew()) {
            Supplier<Thread> work = crew.start(true, () -> {
                begun.countDown();
                return Thread.currentThread();
            });
            begun.await();
            assertThat(work.get()).isNotSameAs(Thread.currentThread());
        }
    }

    @Test
    void allIsDoneAndGivenInOrder() {
        List<Supplier<Integer>> works = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            int number = i;
            works.add(() -> number);
        }
        assertThat(Crew.all(works)).hasSize(100).isSorted();
        assertThat(Crew.all(List.of())).isEmpty();
    }

    @Test
    void whatGoesWrongArrivesWhereTheResultIsAskedFor() {
        try (Crew crew = new Crew()) {
            Supplier<Integer> fault = crew.start(true, () -> List.<Integer>of().get(0));
            Supplier<Integer> deep = crew.start(true, () -> {
                throw new StackOverflowError("too deep");
            });
            assertThatThrownBy(fault::get).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(deep::get).isInstanceOf(StackOverflowError.class).hasMessage("too deep");
        }
    }
}
