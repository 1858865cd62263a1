package dev.roster.samples.orders;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * How the application greets. A class with setters, not a record: Spring Cloud sets the properties of the same object again
 * when the configuration changes.
 */
@ConfigurationProperties("greeting")
public class GreetingProperties {

    /** Text of the greeting. */
    private String text = "Hello from the application itself";

    /** Returns the text of the greeting. */
    public String getText() {
        return text;
    }

    /** Sets the text of the greeting. */
    public void setText(String text) {
        this.text = text;
    }
}
