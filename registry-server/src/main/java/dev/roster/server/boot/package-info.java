/**
 * Composition root: the main class, the properties under {@code roster.*}, and the only {@code @Configuration} classes. It
 * connects the features with the store, the edges and Spring Boot, checks before anything listens that nothing is left open
 * by oversight, and says where everything is once the server runs. Nothing imports it.
 */
@NullMarked
package dev.roster.server.boot;

import org.jspecify.annotations.NullMarked;
