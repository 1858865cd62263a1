package dev.roster.samples.orders;

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
        return greeting.getText();
    }
}
