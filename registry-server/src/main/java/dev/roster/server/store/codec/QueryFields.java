package dev.roster.server.store.codec;

import dev.roster.server.store.KeyQuery;
import dev.roster.server.store.KeyRange;
import dev.roster.server.store.QueryKeys;
import dev.roster.server.store.Revision;
import dev.roster.server.store.ValueReader;
import dev.roster.server.store.ValueWriter;

/** The fields of queries. The codes are part of the form: they are never changed or used again. */
final class QueryFields {

    private QueryFields() {}

    static void write(ValueWriter writer, QueryKeys operation) {
        KeyQuery query = operation.query();
        Revision at = operation.at();
        CommandFields.writeRange(writer, query.range());
        writer.number(query.limit()).octet(codeOf(query.order().field())).flag(query.order().descending())
                .octet(codeOf(query.detail()));
        writeBounds(writer, query.modified());
        writeBounds(writer, query.created());
        writer.flag(at != null);
        if (at != null) {
            writer.number(at.value());
        }
    }

    static QueryKeys read(ValueReader reader) {
        KeyRange range = CommandFields.readRange(reader);
        int limit = CommandFields.readLimit(reader);
        KeyQuery.Order order = new KeyQuery.Order(readField(reader), reader.flag("descending"));
        KeyQuery query = new KeyQuery(range, limit, order, readDetail(reader), readBounds(reader), readBounds(reader));
        return new QueryKeys(query, reader.flag("at a revision") ? new Revision(reader.number("revision")) : null);
    }

    private static void writeBounds(ValueWriter writer, KeyQuery.Bounds bounds) {
        writer.number(bounds.least()).number(bounds.most());
    }

    private static KeyQuery.Bounds readBounds(ValueReader reader) {
        return new KeyQuery.Bounds(reader.number("least"), reader.number("most"));
    }

    private static int codeOf(KeyQuery.Field field) {
        return switch (field) {
            case KEY -> 1;
            case VERSION -> 2;
            case CREATED -> 3;
            case MODIFIED -> 4;
            case VALUE -> 5;
        };
    }

    private static KeyQuery.Field readField(ValueReader reader) {
        int start = reader.offset();
        int code = reader.octet("order");
        return switch (code) {
            case 1 -> KeyQuery.Field.KEY;
            case 2 -> KeyQuery.Field.VERSION;
            case 3 -> KeyQuery.Field.CREATED;
            case 4 -> KeyQuery.Field.MODIFIED;
            case 5 -> KeyQuery.Field.VALUE;
            default -> throw reader.damaged("order", start, "is " + code + ", expected 1 to 5");
        };
    }

    private static int codeOf(KeyQuery.Detail detail) {
        return switch (detail) {
            case WHOLE -> 1;
            case WITHOUT_VALUE -> 2;
            case COUNT -> 3;
        };
    }

    private static KeyQuery.Detail readDetail(ValueReader reader) {
        int start = reader.offset();
        int code = reader.octet("detail");
        return switch (code) {
            case 1 -> KeyQuery.Detail.WHOLE;
            case 2 -> KeyQuery.Detail.WITHOUT_VALUE;
            case 3 -> KeyQuery.Detail.COUNT;
            default -> throw reader.damaged("detail", start, "is " + code + ", expected 1 to 3");
        };
    }
}
