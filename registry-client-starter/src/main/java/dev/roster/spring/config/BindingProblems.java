package dev.roster.spring.config;

import dev.roster.spring.config.RosterConfigEvent.Problem;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginProvider;
import org.springframework.core.convert.ConversionFailedException;
import org.springframework.core.convert.ConverterNotFoundException;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;

/** Finds in the exception of a failed refresh which properties are at fault. */
final class BindingProblems {

    private BindingProblems() {}

    /** Returns the properties at fault; none if the failure is not one of binding. */
    static List<Problem> of(Throwable failure) {
        BindException binding = find(failure, BindException.class);
        if (binding == null) {
            return List.of();
        }
        BindValidationException validation = find(binding, BindValidationException.class);
        if (validation != null) {
            ConfigurationPropertyName prefix = validation.getValidationErrors().getName();
            return validation.getValidationErrors().getAllErrors().stream().map(error -> problem(prefix, error))
                    .toList();
        }
        ConfigurationProperty property = binding.getProperty();
        String name = property == null ? binding.getName().toString() : property.getName().toString();
        return List.of(new Problem(name, property == null ? null : text(property.getOrigin()), reason(binding)));
    }

    private static Problem problem(ConfigurationPropertyName prefix, ObjectError error) {
        String name = error instanceof FieldError field ? prefix + "." + field.getField() : prefix.toString();
        return new Problem(name, text(Origin.from(error instanceof OriginProvider ? error : null)),
                masked(Objects.requireNonNullElse(error.getDefaultMessage(), "not valid"),
                        error instanceof FieldError field ? field.getRejectedValue() : null));
    }

    /** Returns a message without the value that it is about: that may be a secret. */
    private static String masked(String message, @Nullable Object value) {
        String text = value == null ? "" : value.toString();
        return text.isEmpty() ? message : message.replace(text, "***");
    }

    private static String reason(BindException binding) {
        ConversionFailedException conversion = find(binding, ConversionFailedException.class);
        if (conversion != null) {
            return "expected " + conversion.getTargetType().getType().getSimpleName();
        }
        ConverterNotFoundException missing = find(binding, ConverterNotFoundException.class);
        if (missing != null) {
            return "expected " + missing.getTargetType().getType().getSimpleName();
        }
        Throwable root = binding;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        ConfigurationProperty property = binding.getProperty();
        return masked(Objects.requireNonNullElse(root.getMessage(), root.toString()),
                property == null ? null : property.getValue());
    }

    private static @Nullable String text(@Nullable Origin origin) {
        return origin == null ? null : origin.toString();
    }

    private static <T extends Throwable> @Nullable T find(Throwable failure, Class<T> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        return null;
    }
}
