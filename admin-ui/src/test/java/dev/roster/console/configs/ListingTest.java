package dev.roster.console.configs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ListingTest {

    @Test
    void numbersLines() {
        assertThat(Listing.of("a\nb\n\nc")).isEqualTo(new Listing("a\nb\n\nc", "1\n2\n3\n4\n", true));
        assertThat(Listing.of("")).isEqualTo(new Listing("", "", true));
    }

    @Test
    void cutsManyLines() {
        Listing listing = Listing.of("\n".repeat(10_001));

        assertThat(listing.text()).hasSize(10_000);
        assertThat(listing.complete()).isFalse();
    }

    @Test
    void cutsALongLine() {
        Listing listing = Listing.of("x".repeat(1024 * 1024));

        assertThat(listing.text()).hasSize(512 * 1024);
        assertThat(listing.numbers()).isEqualTo("1\n");
        assertThat(listing.complete()).isFalse();
    }
}
