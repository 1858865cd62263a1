package dev.roster.system.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.system.fault.Operation.Kind;
import dev.roster.system.fault.Operation.Result;
import java.util.List;
import java.util.LongSummaryStatistics;

/** What a run has shown. */
record Verdict(List<Operation> operations, List<String> violations, int hung, List<String> fatalities) {

    void print(String what) {
        System.out.printf(
                "%s: %d writes acknowledged, %d not done, %d unknown, %d reads; %d violations, %d hung clients%n",
                what, count(Kind.WRITE, Result.DONE), count(Kind.WRITE, Result.NOT_DONE),
                count(Kind.WRITE, Result.UNKNOWN), count(Kind.READ, Result.DONE), violations.size(), hung);
    }

    private long count(Kind kind, Result result) {
        return operations.stream().filter(one -> one.kind() == kind && one.outcome() == result).count();
    }

    /** Fails the test unless the run was spotless, and did something. */
    void assertSpotless() {
        assertThat(fatalities).as("members that ended by themselves").isEmpty();
        assertThat(violations).isEmpty();
        assertThat(hung).as("clients without an answer").isZero();
        assertThat(count(Kind.WRITE, Result.DONE)).as("acknowledged writes").isGreaterThan(10);
    }

    /** Prints the median and the worst of some times in milliseconds. */
    static void printTimes(String what, List<Long> millis) {
        LongSummaryStatistics statistics = millis.stream().mapToLong(Long::longValue).summaryStatistics();
        long median = millis.stream().sorted().skip(millis.size() / 2).findFirst().orElse(0L);
        System.out.printf("%s: median %d ms, worst %d ms of %d%n", what, median, statistics.getMax(),
                statistics.getCount());
    }
}
