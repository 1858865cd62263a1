package dev.roster.server.config.format;

import java.io.StringReader;
import java.util.Locale;
import java.util.Optional;
import javax.xml.stream.Location;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads an XML document event by event. A document type is refused whatever it says: it is where entities are declared,
 * which let a document read files of its reader (CWE-611) and unfold without bound (CWE-776).
 */
final class XmlCheck {
    private static final String EXPECTED = "well-formed XML 1.0 in UTF-8 without a document type, nested at most "
            + DocumentFormat.MAX_DEPTH + " deep";

    private static final XMLInputFactory FACTORY = factory();

    private XmlCheck() {}

    /** Returns the first flaw, if there is one. */
    static Optional<DocumentFlaw> firstFlaw(String content) {
        int doctype = doctype(content);
        if (doctype >= 0) {
            return flaw(content, doctype, "found a document type");
        }
        try {
            XMLStreamReader reader = FACTORY.createXMLStreamReader(new StringReader(content));
            return firstFlaw(content, reader);
        } catch (XMLStreamException e) {
            return flaw(content, e);
        }
    }

    private static Optional<DocumentFlaw> firstFlaw(String content, XMLStreamReader reader) throws XMLStreamException {
        String encoding = reader.getCharacterEncodingScheme();
        if (encoding != null && !encoding.toUpperCase(Locale.ROOT).equals("UTF-8")) {
            return flaw(content, content.indexOf("encoding"), "found the encoding " + encoding);
        }
        int depth = 0;
        while (reader.hasNext()) {
            int event = reader.next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                depth++;
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                depth--;
            }
            if (depth > DocumentFormat.MAX_DEPTH) {
                return flaw(content, tagStart(content, reader.getLocation()),
                        "found nesting of more than " + DocumentFormat.MAX_DEPTH + " levels");
            }
        }
        return Optional.empty();
    }

    /**
     * Returns where the document type begins, -1 if there is none: behind nothing but the declaration, comments,
     * instructions and blanks. The parser would have read all of it before it says so.
     */
    private static int doctype(String content) {
        int at = content.startsWith("\uFEFF") ? 1 : 0;
        while (at < content.length()) {
            if (Character.isWhitespace(content.charAt(at))) {
                at++;
            } else if (content.startsWith("<!--", at)) {
                at = behind(content, "-->", at + 4);
            } else if (content.startsWith("<?", at)) {
                at = behind(content, "?>", at + 2);
            } else {
                return content.startsWith("<!DOCTYPE", at) ? at : -1;
            }
        }
        return -1;
    }

    private static int behind(String content, String end, int from) {
        int found = content.indexOf(end, from);
        return found < 0 ? content.length() : found + end.length();
    }

    /** Returns where the tag begins that ends before a place: no tag has another {@code <} in it. */
    private static int tagStart(String content, Location end) {
        return Math.max(0, content.lastIndexOf('<', end.getCharacterOffset() - 1));
    }

    private static Optional<DocumentFlaw> flaw(String content, int offset, String problem) {
        return Optional.of(DocumentFlaw.at(content, offset, problem, EXPECTED));
    }

    private static Optional<DocumentFlaw> flaw(String content, XMLStreamException e) {
        Location where = e.getLocation();
        return where == null
                ? flaw(content, content.length(), problem(e))
                : Optional.of(new DocumentFlaw(Math.max(1, where.getLineNumber()),
                        Math.max(1, where.getColumnNumber()), problem(e), EXPECTED));
    }

    /** Leaves out where it happened, which the parser puts in front in its own terms. */
    private static String problem(XMLStreamException e) {
        String message = e.getMessage();
        int text = message == null ? -1 : message.indexOf("Message: ");
        return message == null ? "not XML" : text < 0 ? message : message.substring(text + "Message: ".length());
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, true);
        return factory;
    }
}
