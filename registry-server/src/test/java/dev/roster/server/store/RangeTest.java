package dev.roster.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** What ranges of keys hold, at their edges too. */
class RangeTest extends KeySpaceFixture {

    @Test
    void readInByteOrderUpToALimit() {
        commit(put("a", "1"), put("a\u0000", "1"), put("b", "1"), put("\u00ff", "1"), put("aa", "1"));

        KeysRead read = space.view().read(KeyRange.ALL, 3);

        assertThat(read.keys()).extracting(found -> found.key().utf8()).containsExactly("a", "a\u0000", "aa");
        assertThat(read.more()).isTrue();
        assertThat(space.view().read(KeyRange.ALL, 5).more()).isFalse();
        assertThat(space.view().count(KeyRange.ALL)).isEqualTo(5);
    }

    @Test
    void ofAPrefixEndBeforeTheNext() {
        commit(put("a/", "1"), put("a/1", "1"), put("a0", "1"), put("a", "1"));

        assertThat(keys(KeyRange.prefix("a/"))).containsExactly("a/", "a/1");
    }

    @Test
    void ofAPrefixOfHighBytesReachToTheEnd() {
        byte[] high = {(byte) 0xFF, (byte) 0xFF};
        commit(new PutKey(Key.of(high), Value.of("1")),
                new PutKey(Key.of(new byte[]{(byte) 0xFF, (byte) 0xFF, 1}), Value.of("1")), put("a", "1"));

        assertThat(space.view().count(KeyRange.prefix(Key.of(high)))).isEqualTo(2);
    }

    @Test
    void thatEndBeforeTheyBeginAreEmpty() {
        commit(put("b", "1"));

        assertThat(keys(range("c", "a"))).isEmpty();
        assertThat(keys(range("b", "b"))).isEmpty();
        assertThat(commit(new DeleteKeys(range("c", "a"))).revision()).isEqualTo(new Revision(1));
    }

    @Test
    void ofOneKeyHoldJustThat() {
        commit(put("a", "1"), put("a\u0000", "1"));

        assertThat(keys(KeyRange.of(Key.of("a")))).containsExactly("a");
    }

    @Test
    void goOnAfterAKey() {
        commit(put("p/a", "1"), put("p/a\u0000", "1"), put("p/b", "1"), put("q", "1"));
        KeyRange range = KeyRange.prefix("p/");

        assertThat(keys(range.after(Key.of("p/a")))).containsExactly("p/a\u0000", "p/b");
        assertThat(keys(range.after(Key.of("p/b")))).isEmpty();
        assertThat(keys(range.after(Key.of("q")))).isEmpty();
        assertThat(range.after(Key.of("a"))).isEqualTo(range);
    }

    @Test
    void refuseALimitOfNothing() {
        assertThatThrownBy(() -> space.view().read(KeyRange.ALL, 0)).isInstanceOf(InvalidCommandException.class)
                .hasMessage("limit is 0, expected 1 or more");
        assertThatThrownBy(() -> new ReadKeys(KeyRange.ALL, 0)).isInstanceOf(InvalidCommandException.class);
    }
}
