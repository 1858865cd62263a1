package dev.roster.spring;

import java.util.Collection;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What applications may have on their class path besides the starter, by the names of the jars. */
enum Library {
    LOAD_BALANCER("spring-cloud(-starter)?-loadbalancer|spring-boot-(starter-)?cache"), ACTUATOR(
            "spring-boot-(starter-)?(actuator|health|micrometer)|micrometer-(core|jakarta)"), GATEWAY(
                    "spring-cloud(-starter)?-gateway"), INTEGRATION("spring-integration"), SERVLET(
                            "tomcat|webmvc|servlet|websocket"), WEBFLUX(
                                    "webflux|netty"), REACTOR("reactor|reactive-streams");

    private final String jars;

    Library(String jars) {
        this.jars = jars;
    }

    /** Returns what says of the name of a jar whether it belongs to one of these libraries. */
    static Predicate<String> owners(Collection<Library> libraries) {
        return libraries.isEmpty()
                ? jar -> false
                : Pattern.compile(libraries.stream().map(library -> library.jars).collect(Collectors.joining("|")))
                        .asPredicate();
    }
}
