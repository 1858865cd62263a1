/**
 * Service connections: where Roster is when Boot has started it in a container, by Testcontainers or by Docker Compose. Boot finds these
 * classes; an application that uses neither loads none of them.
 *
 * <p>Offers nothing to other packages.
 */
@NullMarked
package dev.roster.spring.container;

import org.jspecify.annotations.NullMarked;
