package dev.roster.console.configs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.api.config.ConfigFormat;
import dev.roster.api.config.ConfigItem;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LineEndsTest {

    @Test
    void areLineFeedsInANewItem() {
        assertThat(LineEnds.like(null, "a\r\nb\rc\n")).isEqualTo("a\nb\nc\n");
    }

    @Test
    void stayWhatTheyAre() {
        assertThat(LineEnds.like(item("a\nb\n"), "a\r\nb\r\nc\r\n")).isEqualTo("a\nb\nc\n");
        assertThat(LineEnds.like(item("a\r\nb\r\n"), "a\r\nb\r\nc\r\n")).isEqualTo("a\r\nb\r\nc\r\n");
    }

    @Test
    void areLineFeedsWhereTheyWereMixed() {
        assertThat(LineEnds.like(item("a\r\nb\n"), "a\r\nb\r\n")).isEqualTo("a\nb\n");
        assertThat(LineEnds.like(item("no line end"), "a\r\nb\r\n")).isEqualTo("a\nb\n");
    }

    private static ConfigItem item(String content) {
        return new ConfigItem("default", "a", ConfigFormat.TEXT, content, 1, "", null, Instant.EPOCH, "mira", 1);
    }
}
