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

    /** How often it is said. */
    private int times = 1;

    /** Returns the text of the greeting. */
    public String getText() {
        return text;
    }

    /** Sets the text of the greeting. */
    public void setText(String text) {
        this.text = text;
    }

    /** Returns how often it is said. */
    public int getTimes() {
        return times;
    }

    /** Sets how often it is said. */
    public void setTimes(int times) {
        this.times = times;
    }
}
