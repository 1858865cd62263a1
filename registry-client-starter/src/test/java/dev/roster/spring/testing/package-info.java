/** What tests of the starter share: a fake of the server, and applications that run on it. */
@NullMarked
package dev.roster.spring.testing;

import org.jspecify.annotations.NullMarked;
