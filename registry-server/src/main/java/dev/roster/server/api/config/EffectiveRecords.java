package dev.roster.server.api.config;

import dev.roster.api.config.ConfigComparison;
import dev.roster.api.config.ConfigDifference;
import dev.roster.api.config.ConfigHit;
import dev.roster.api.config.EffectiveConfig;
import dev.roster.api.config.EffectiveItem;
import dev.roster.api.config.EffectiveProperty;
import dev.roster.api.config.PropertyOrigin;
import dev.roster.server.config.SecretForm;
import dev.roster.server.config.effective.Comparison;
import dev.roster.server.config.effective.Origin;
import dev.roster.server.config.effective.SearchPage;
import dev.roster.server.config.effective.Target;
import dev.roster.server.config.secret.SecretText;
import org.jspecify.annotations.Nullable;

/** What configuration means to applications, as records of the API. */
final class EffectiveRecords {
    private EffectiveRecords() {}

    static EffectiveConfig config(Target target, dev.roster.server.config.effective.EffectiveConfig config,
            @Nullable SecretForm wanted) {
        return new EffectiveConfig(target.namespace().value(), target.application(), target.profiles(),
                config.revision(),
                config.items().stream()
                        .map(source -> new EffectiveItem(source.item().value(), source.version(), source.gray()))
                        .toList(),
                config.properties().stream()
                        .map(property -> new EffectiveProperty(property.name(), origin(property.chosen(), wanted),
                                property.overridden().stream().map(one -> origin(one, wanted)).toList()))
                        .toList(),
                config.complete());
    }

    static ConfigComparison comparison(Comparison comparison, @Nullable SecretForm wanted) {
        return new ConfigComparison(comparison.revision(),
                comparison.differences().stream()
                        .map(one -> new ConfigDifference(one.name(), optional(one.from(), wanted),
                                optional(one.to(), wanted)))
                        .toList(),
                comparison.same(), comparison.complete());
    }

    static ConfigHit hit(SearchPage.Hit hit) {
        return new ConfigHit(hit.item().namespace().value(), hit.item().name().value(), hit.version(), hit.line(),
                hit.text(), hit.path(), hit.value());
    }

    /** What is still encrypted here is masked, unless that is asked for: it comes decrypted for those who may read it. */
    private static PropertyOrigin origin(Origin origin, @Nullable SecretForm wanted) {
        String value = wanted == SecretForm.CIPHER ? origin.value() : SecretText.mask(origin.value());
        return new PropertyOrigin(value, origin.item().value(), origin.version(), origin.gray(), origin.line(),
                origin.column());
    }

    private static @Nullable PropertyOrigin optional(@Nullable Origin origin, @Nullable SecretForm wanted) {
        return origin == null ? null : origin(origin, wanted);
    }
}
