package dev.roster.console.diff;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineDiffTest {

    @Test
    void findsNothingBetweenEqualDocuments() {
        LineDiff diff = LineDiff.between("a: 1\nb: 2\n", "a: 1\nb: 2\n");

        assertThat(diff.isEmpty()).isTrue();
        assertThat(diff.unified().hunks()).isEmpty();
        assertThat(diff.unified().skippedAfter()).isEqualTo(2);
        assertThat(diff.unified().complete()).isTrue();
    }

    @Test
    void showsAChangedLineWithTheLinesAroundIt() {
        LineDiff diff = LineDiff.between("a\nb\nc\nd\ne\nf\ng\n", "a\nb\nc\nD\ne\nf\ng\n");

        assertThat(unified(diff)).containsExactly(" a", " b", " c", "-d", "+D", " e", " f", " g");
        assertThat(diff.added()).isEqualTo(1);
        assertThat(diff.removed()).isEqualTo(1);
    }

    @Test
    void countsTheEqualLinesThatAreLeftOut() {
        String before = numbered(1, 100);
        String after = before.replace("line 10\n", "ten\n").replace("line 50\n", "fifty\n");

        LineDiff.Shown shown = LineDiff.between(before, after).unified();

        assertThat(shown.hunks()).extracting(Hunk::skippedBefore).containsExactly(6, 33);
        assertThat(shown.skippedAfter()).isEqualTo(47);
    }

    @Test
    void joinsChangesWhoseSurroundingsTouch() {
        LineDiff diff = LineDiff.between(numbered(1, 20),
                numbered(1, 20).replace("line 5\n", "x\n").replace("line 12\n", "y\n"));

        assertThat(diff.unified().hunks()).hasSize(1);
    }

    @Test
    void startsAtTheTopOfANewDocument() {
        LineDiff diff = LineDiff.between("", "a\nb\n");

        assertThat(unified(diff)).containsExactly("+a", "+b");
        assertThat(diff.unified().hunks().getFirst().skippedBefore()).isZero();
    }

    @Test
    void showsRemovalOfEverything() {
        assertThat(unified(LineDiff.between("a\nb\n", ""))).containsExactly("-a", "-b");
    }

    @Test
    void tellsAMissingNewlineAtTheEnd() {
        LineDiff diff = LineDiff.between("a\nb\n", "a\nb");

        assertThat(unified(diff)).containsExactly(" a", "-b", "+b");
        Row added = diff.unified().hunks().getFirst().rows().getLast();
        assertThat(added.after()).isNotNull();
        assertThat(added.after().endsWithoutNewline()).isTrue();
    }

    @Test
    void tellsLineEndingsApartAndShowsThem() {
        assertThat(unified(LineDiff.between("a\r\n", "a\n"))).containsExactly("-a␍", "+a");
    }

    @Test
    void showsCharactersThatWouldReorderOrHideText() {
        assertThat(unified(LineDiff.between("", "a\u202eb\u200bc\u0000\td\n")))
                .containsExactly("+a[U+202E]b[U+200B]c\u2400\td");
    }

    @Test
    void emphasisesOnlyWhatDiffersWithinALine() {
        LineDiff diff = LineDiff.between("port: 8080 # http\n", "port: 9090 # http\n");

        List<Row> rows = diff.sideBySide().hunks().getFirst().rows();

        assertThat(rows).singleElement().satisfies(row -> {
            assertThat(row.kind()).isEqualTo(Row.Kind.CHANGED);
            assertThat(row.before()).isNotNull();
            assertThat(row.after()).isNotNull();
            assertThat(row.before().spans()).containsExactly(new Span("port: ", false), new Span("8080", true),
                    new Span(" # http", false));
            assertThat(row.after().spans()).containsExactly(new Span("port: ", false), new Span("9090", true),
                    new Span(" # http", false));
        });
    }

    @Test
    void emphasisesNothingWhenLinesHaveLittleInCommon() {
        LineDiff diff = LineDiff.between("greeting: hello\n", "completely different\n");

        assertThat(diff.unified().hunks().getFirst().rows()).allSatisfy(row -> {
            Row.Side side = row.before() == null ? row.after() : row.before();
            assertThat(side).isNotNull();
            assertThat(side.spans()).noneMatch(Span::emphasised);
        });
    }

    @Test
    void neverCutsACharacterInTwo() {
        LineDiff diff = LineDiff.between("smile \uD83D\uDE00 here\n", "smile \uD83D\uDE01 here\n");

        assertThat(diff.unified().hunks().getFirst().rows()).allSatisfy(row -> {
            Row.Side side = row.before() == null ? row.after() : row.before();
            assertThat(side).isNotNull();
            assertThat(side.spans()).hasSize(3)
                    .allMatch(span -> span.text().codePoints().noneMatch(c -> c >= 0xD800 && c < 0xE000));
        });
    }

    @Test
    void placesRemovedLinesBesideAddedOnes() {
        LineDiff diff = LineDiff.between("x\na\nb\nc\ny\n", "x\nA\ny\n");

        assertThat(diff.sideBySide().hunks().getFirst().rows()).extracting(Row::kind).containsExactly(Row.Kind.SAME,
                Row.Kind.CHANGED, Row.Kind.REMOVED, Row.Kind.REMOVED, Row.Kind.SAME);
    }

    @Test
    void keepsAnInsertedBlockTogether() {
        String before = "a:\n  port: 1\n  tls: true\nc:\n  port: 3\n  tls: true\n";
        String after = "a:\n  port: 1\n  tls: true\nb:\n  port: 2\n  tls: true\nc:\n  port: 3\n  tls: true\n";

        LineDiff diff = LineDiff.between(before, after);

        assertThat(diff.removed()).isZero();
        assertThat(diff.added()).isEqualTo(3);
    }

    @Test
    void cutsADifferenceThatAPageCannotShow() {
        LineDiff diff = LineDiff.between("", numbered(1, 10_000));

        assertThat(diff.added()).isEqualTo(10_000);
        assertThat(diff.unified().hunks().stream().mapToInt(hunk -> hunk.rows().size()).sum()).isEqualTo(4_000);
        assertThat(diff.unified().complete()).isFalse();
    }

    @Test
    void comparesAMebibyteOfRepetitiveLinesWithinItsBudget() {
        String before = IntStream.range(0, 524_288).mapToObj(i -> i % 2 == 0 ? "a" : "b")
                .collect(Collectors.joining("\n"));
        String after = IntStream.range(0, 524_288).mapToObj(i -> i % 3 == 0 ? "a" : "b")
                .collect(Collectors.joining("\n"));

        LineDiff diff = LineDiff.between(before, after);

        assertThat(diff.isEmpty()).isFalse();
        assertThat(diff.unified().complete()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void givesBothDocumentsBackWhateverTheyAre(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            List<Line> before = randomLines(random);
            List<Line> after = random.nextBoolean() ? randomLines(random) : edited(before, random);

            List<Change> changes = ChangeFinder.changes(before, after);

            assertThat(applied(before, after, changes)).as("seed %d round %d", seed, round).isEqualTo(after);
            assertThat(changes.stream().mapToInt(Change::removed).sum()).isLessThanOrEqualTo(before.size());
        }
    }

    @Test
    void findsTheShortestChangeAmongRepeatedLines() {
        List<Line> before = Line.of("a\nb\na\nb\na\nb\n");
        List<Line> after = Line.of("b\na\nb\na\nb\na\n");

        List<Change> changes = ChangeFinder.changes(before, after);

        assertThat(changes).containsExactly(new Change(0, 1, 0, 0), new Change(6, 6, 5, 6));
    }

    private static List<Line> randomLines(Random random) {
        int alphabet = 1 + random.nextInt(12);
        return random.ints(random.nextInt(40), 0, alphabet).mapToObj(i -> new Line("l" + i, true))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private static List<Line> edited(List<Line> lines, Random random) {
        List<Line> edited = new ArrayList<>(lines);
        for (int i = 0; i < 5; i++) {
            int at = random.nextInt(edited.size() + 1);
            if (random.nextBoolean() || at == edited.size()) {
                edited.add(at, new Line("new" + random.nextInt(3), true));
            } else {
                edited.remove(at);
            }
        }
        return edited;
    }

    private static List<Line> applied(List<Line> before, List<Line> after, List<Change> changes) {
        List<Line> result = new ArrayList<>();
        int at = 0;
        for (Change change : changes) {
            result.addAll(before.subList(at, change.beforeFrom()));
            result.addAll(after.subList(change.afterFrom(), change.afterTo()));
            at = change.beforeTo();
        }
        result.addAll(before.subList(at, before.size()));
        return result;
    }

    private static List<String> unified(LineDiff diff) {
        return diff.unified().hunks().stream().flatMap(hunk -> hunk.rows().stream()).map(row -> switch (row.kind()) {
            case SAME -> " " + text(row.before());
            case REMOVED -> "-" + text(row.before());
            case ADDED -> "+" + text(row.after());
            case CHANGED -> throw new AssertionError("a unified table has no pairs");
        }).toList();
    }

    private static String text(Row.Side side) {
        return side.spans().stream().map(Span::text).collect(Collectors.joining());
    }

    private static String numbered(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj("line %d\n"::formatted).collect(Collectors.joining());
    }
}
