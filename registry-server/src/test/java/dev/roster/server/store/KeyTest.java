package dev.roster.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys, values and ranges: order, bounds, and that nobody can change them from outside. */
class KeyTest {

    private static Key key(String hex) {
        return Key.of(HexFormat.of().parseHex(hex));
    }

    @ParameterizedTest
    @CsvSource({"00, 01", "7f, 80", "61, 6100", "61ff, 62", "00, 0000", "fffe, ffff"})
    void areOrderedAsUnsignedBytes(String less, String greater) {
        assertThat(key(less)).isLessThan(key(greater));
        assertThat(key(greater)).isGreaterThan(key(less));
        assertThat(key(less)).isEqualByComparingTo(key(less)).isEqualTo(key(less)).isNotEqualTo(key(greater));
    }

    @Test
    void haveOneByteToFourThousand() {
        assertThat(Key.of(new byte[Key.MAX_BYTES]).size()).isEqualTo(4096);
        assertThatThrownBy(() -> Key.of("")).isInstanceOf(InvalidCommandException.class)
                .hasMessage("key is 0 bytes, expected 1 to 4096 bytes");
        assertThatThrownBy(() -> Key.of(new byte[Key.MAX_BYTES + 1])).isInstanceOf(InvalidCommandException.class)
                .hasMessage("key is 4097 bytes, expected 1 to 4096 bytes");
    }

    @Test
    void valuesHaveABound() {
        assertThat(Value.of(new byte[Value.MAX_BYTES]).size()).isEqualTo(2 * 1024 * 1024);
        assertThatThrownBy(() -> Value.of(new byte[Value.MAX_BYTES + 1])).isInstanceOf(InvalidCommandException.class)
                .hasMessage("value is 2097153 bytes, expected at most 2097152 bytes");
    }

    @Test
    void doNotChangeWithTheBytesTheyWereMadeOf() {
        byte[] bytes = {1};
        Key key = Key.of(bytes);
        Value value = Value.of(bytes);

        bytes[0] = 2;
        key.toBytes()[0] = 3;
        value.toBytes()[0] = 3;

        assertThat(key).isEqualTo(key("01"));
        assertThat(value).isEqualTo(Value.of(new byte[]{1}));
    }

    @Test
    void knowTheirPrefixes() {
        assertThat(Key.of("a/b").startsWith(Key.of("a/"))).isTrue();
        assertThat(Key.of("a/b").startsWith(Key.of("a/b"))).isTrue();
        assertThat(Key.of("a").startsWith(Key.of("a/"))).isFalse();
        assertThat(Key.of("b").startsWith(Key.of("a"))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"61, 62", "61ff, 62", "6162, 6163", "00, 01"})
    void ofAPrefixEndBeforeTheNextPrefix(String prefix, String end) {
        assertThat(KeyRange.prefix(key(prefix))).isEqualTo(new KeyRange(key(prefix), key(end)));
    }

    @Test
    void ofAPrefixWithoutNextHaveNoEnd() {
        assertThat(KeyRange.prefix(key("ffff"))).isEqualTo(new KeyRange(key("ffff"), null));
    }

    @Test
    void ofOneKeyAreKnownAsSuch() {
        byte[] longest = new byte[Key.MAX_BYTES];
        Arrays.fill(longest, (byte) 0xFF);

        assertThat(KeyRange.of(Key.of("a")).isSingleKey()).isTrue();
        assertThat(KeyRange.of(Key.of(longest)).isSingleKey()).isTrue();
        assertThat(KeyRange.of(Key.of(longest)).contains(Key.of(longest))).isTrue();
        assertThat(new KeyRange(Key.of("a"), Key.of("b")).isSingleKey()).isFalse();
        assertThat(new KeyRange(Key.of("a"), Key.of("a")).isSingleKey()).isFalse();
        assertThat(new KeyRange(Key.of("a"), null).isSingleKey()).isFalse();
    }

    @Test
    void allLieInTheRangeOfAll() {
        assertThat(KeyRange.ALL.contains(key("00"))).isTrue();
        assertThat(KeyRange.ALL.contains(key("ffffff"))).isTrue();
    }
}
