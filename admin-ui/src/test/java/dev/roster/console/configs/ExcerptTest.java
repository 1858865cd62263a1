package dev.roster.console.configs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExcerptTest {

    @Test
    void marksTheColumnUnderTheLine() {
        assertThat(Excerpt.of("a\nb: c\nd", 2, 3)).isEqualTo("1 | a\n2 | b: c\n      ^\n");
    }

    @Test
    void showsTheLinesBefore() {
        assertThat(Excerpt.of("1\r\n2\r\n3\r\n4\r\n5\r\n6\r\n7\r\n8\r\n9\r\n\tten", 10, null))
                .isEqualTo(" 8 | 8\n 9 | 9\n10 |  ten\n");
    }

    @Test
    void cutsLongLines() {
        assertThat(Excerpt.of("x".repeat(1_000_000), 1, 900_000)).isEqualTo("1 | " + "x".repeat(160) + "…\n");
    }

    @Test
    void isNothingWithoutAPlace() {
        assertThat(Excerpt.of("a", null, null)).isNull();
        assertThat(Excerpt.of("a", 2, 1)).isNull();
        assertThat(Excerpt.of("a", 0, 1)).isNull();
    }
}
