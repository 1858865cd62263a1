package dev.roster.samples.orders;

import java.util.Collections;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Greets. */
@RestController
class GreetingController {
    private final GreetingProperties greeting;

    GreetingController(GreetingProperties greeting) {
        this.greeting = greeting;
    }

    @GetMapping("/greeting")
    String greeting() {
        return String.join(" ", Collections.nCopies(greeting.getTimes(), greeting.getText()));
    }
}
