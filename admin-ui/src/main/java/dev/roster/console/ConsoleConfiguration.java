package dev.roster.console;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FullyQualifiedAnnotationBeanNameGenerator;

/**
 * The console as a part of a Spring Boot web application: pages under {@code /console}, a redirect from {@code /}, a
 * security filter chain for both. The application brings the servlet container (Jetty) and Boot's auto-configuration of MVC, Thymeleaf
 * and security. Bean names are full class names, so that they never meet those of the application.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty(name = "roster.console.enabled", matchIfMissing = true)
@EnableConfigurationProperties(ConsoleProperties.class)
@ComponentScan(nameGenerator = FullyQualifiedAnnotationBeanNameGenerator.class)
public class ConsoleConfiguration {}
