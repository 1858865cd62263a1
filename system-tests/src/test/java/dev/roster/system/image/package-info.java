/**
 * The container image, built and run by a real Docker engine. Knows the image's contract (ports, user, volume, environment)
 * and talks to the server in it by HTTP alone.
 */
@NullMarked
package dev.roster.system.image;

import org.jspecify.annotations.NullMarked;
