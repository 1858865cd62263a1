package dev.roster.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The form of stored values: what is written is read again, and nothing else is. */
class ValueWriterTest {

    private static final Instant WHEN = Instant.parse("2026-11-20T10:15:30.000000001Z");

    @Test
    void readsWhatWasWritten() {
        Value value = record().toValue();

        ValueReader reader = new ValueReader(value, 3);

        assertThat(reader.version()).isEqualTo(2);
        assertThat(reader.flag("healthy")).isTrue();
        assertThat(reader.text("host")).isEqualTo("höst");
        assertThat(reader.optionalText("zone")).isNull();
        assertThat(reader.optionalText("note")).isEmpty();
        assertThat(reader.texts("tags")).containsExactly("b", "a");
        assertThat(reader.textMap("metadata")).containsExactly(Map.entry("a", "1"), Map.entry("b", ""));
        assertThat(reader.choice("day", DayOfWeek.class)).isEqualTo(DayOfWeek.FRIDAY);
        assertThat(reader.instant("since")).isEqualTo(WHEN);
        assertThat(reader.optionalInstant("until")).isNull();
        assertThat(reader.duration("ttl")).isEqualTo(Duration.ofMillis(-1500));
        assertThat(reader.optionalDuration("pause")).isEqualTo(Duration.ZERO);
        assertThat(reader.bytes("hash")).containsExactly(1, 2, 3);
        assertThat(reader.fixed("id")).isEqualTo(-2);
        assertThat(reader.key("key")).isEqualTo(Key.of("k"));
        assertThat(reader.value("value")).isEqualTo(Value.of(""));
        reader.end();
    }

    private static ValueWriter record() {
        return new ValueWriter(2).flag(true).text("höst").optionalText(null).optionalText("").texts(List.of("b", "a"))
                .textMap(Map.of("b", "", "a", "1")).choice(DayOfWeek.FRIDAY).instant(WHEN).optionalInstant(null)
                .duration(Duration.ofMillis(-1500)).optionalDuration(Duration.ZERO).bytes(new byte[]{1, 2, 3}).fixed(-2)
                .key(Key.of("k")).value(Value.of(""));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, -1, 63, 64, -64, -65, 1L << 32, Long.MAX_VALUE, Long.MIN_VALUE})
    void readsEveryNumber(long number) {
        ValueReader reader = new ValueReader(new ValueWriter(1).number(number).toBytes(), 1);

        assertThat(reader.number("number")).isEqualTo(number);
        assertThat(reader.atEnd()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"MIN", "MAX"})
    void readsTheEndsOfTime(String end) {
        Instant instant = end.equals("MIN") ? Instant.MIN : Instant.MAX;
        Duration duration = Duration.ofSeconds(end.equals("MIN") ? Long.MIN_VALUE : Long.MAX_VALUE, 999_999_999);
        ValueReader reader = new ValueReader(new ValueWriter(1).instant(instant).duration(duration).toBytes(), 1);

        assertThat(reader.instant("instant")).isEqualTo(instant);
        assertThat(reader.duration("duration")).isEqualTo(duration);
    }

    @Test
    void writesEqualMapsAlike() {
        Map<String, String> one = new LinkedHashMap<>();
        one.put("b", "2");
        one.put("a", "1");

        assertThat(new ValueWriter(1).textMap(one).toBytes())
                .isEqualTo(new ValueWriter(1).textMap(Map.of("a", "1", "b", "2")).toBytes());
    }

    @Test
    void growsWithWhatIsWritten() {
        String text = "x".repeat(1_000_000);

        Value value = new ValueWriter(1).text(text).text("end").toValue();

        ValueReader reader = new ValueReader(value, 1);
        assertThat(reader.text("text")).isEqualTo(text);
        assertThat(reader.text("end")).isEqualTo("end");
    }

    @Test
    void keepsTheBytesOfTheForm() {
        assertThat(HexFormat.of().formatHex(record().toBytes())).isEqualTo("02" + "01" + "0568c3b67374" + "00" + "0100"
                + "0201620161" + "020161013101" + "6200" + "06465249444159" + "84f780b00d01" + "00" + "0380cab5ee01"
                + "010000" + "03010203" + "fffffffffffffffe" + "016b" + "00");
    }

    @ParameterizedTest
    @CsvSource({"'', version is cut short, 0", "00, 'version is 0, expected 1 to 3', 0",
            "04, 'version is 4, expected 1 to 3', 0"})
    void refusesUnknownVersions(String hex, String what, int offset) {
        assertThatThrownBy(() -> new ValueReader(HexFormat.of().parseHex(hex), 3))
                .isInstanceOf(CorruptStateException.class).hasMessage(what + ", at offset " + offset);
    }

    @Test
    void refusesLengthsBeyondTheEndWithoutAllocatingThem() {
        byte[] bytes = HexFormat.of().parseHex("01" + "ffffffff07" + "61");

        assertThatThrownBy(() -> new ValueReader(bytes, 1).text("host")).isInstanceOf(CorruptStateException.class)
                .hasMessage("host has 2147483647 parts in 1 bytes, at offset 1");
        assertThatThrownBy(() -> new ValueReader(bytes, 1).texts("tags")).isInstanceOf(CorruptStateException.class);
        assertThatThrownBy(() -> new ValueReader(bytes, 1).textMap("map")).isInstanceOf(CorruptStateException.class);
    }

    @Test
    void refusesWhatIsLeftOver() {
        ValueReader reader = new ValueReader(new ValueWriter(1).flag(true).toBytes(), 1);

        assertThatThrownBy(reader::end).isInstanceOf(CorruptStateException.class)
                .hasMessage("end is followed by 1 more bytes, at offset 1");
    }

    @ParameterizedTest
    @CsvSource({"0102, flag", "01ffffffffffffffffff02, number", "0102c328, text", "010000, key",
            "01054672696461, choice", "010080948ebc08, instant"})
    void refusesFieldsOfAnotherForm(String hex, String field) {
        byte[] bytes = HexFormat.of().parseHex(hex);

        assertThatThrownBy(() -> readOne(new ValueReader(bytes, 1), field)).isInstanceOf(CorruptStateException.class)
                .hasMessageContaining(field).hasMessageContaining("offset");
    }

    private static Object readOne(ValueReader reader, String field) {
        return switch (field) {
            case "flag" -> reader.flag(field);
            case "number" -> reader.number(field);
            case "text" -> reader.text(field);
            case "key" -> reader.key(field);
            case "choice" -> reader.choice(field, DayOfWeek.class);
            case "instant" -> reader.instant(field);
            default -> throw new IllegalArgumentException(field);
        };
    }

    @Test
    void readsTheReplacementCharacterAsItself() {
        ValueReader reader = new ValueReader(new ValueWriter(1).text("a\uFFFDb").toBytes(), 1);

        assertThat(reader.text("text")).isEqualTo("a\uFFFDb");
    }

    @Test
    void answersDamageWithNothingButItsOwnException() {
        SplittableRandom random = new SplittableRandom(20261121);
        byte[] whole = record().toBytes();

        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = Arrays.copyOf(whole, random.nextInt(whole.length + 1));
            for (int flips = random.nextInt(3); flips >= 0 && bytes.length > 0; flips--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            readAll(bytes);
        }
    }

    private static void readAll(byte[] bytes) {
        try {
            ValueReader reader = new ValueReader(bytes, 2);
            reader.flag("healthy");
            reader.text("host");
            reader.optionalText("zone");
            reader.optionalText("note");
            reader.texts("tags");
            reader.textMap("metadata");
            reader.choice("day", DayOfWeek.class);
            reader.instant("since");
            reader.optionalInstant("until");
            reader.duration("ttl");
            reader.optionalDuration("pause");
            reader.bytes("hash");
            reader.fixed("id");
            reader.key("key");
            reader.value("value");
            reader.end();
        } catch (CorruptStateException e) {
            assertThat(e).hasMessageContaining("at offset");
        }
    }
}
